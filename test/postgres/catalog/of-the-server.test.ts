import { expect, it } from 'vitest'
import { asCopied, withoutServersOwn } from '../../../src/postgres/catalog/of-the-server.ts'

const catalog = {
  objects: [
    { kind: 'database setting', name: 'for all', definition: { values: ['work_mem=8MB'] } },
    { kind: 'extension', name: 'citext', definition: { schema: 'public', comment: 'of its version' } },
    { kind: 'subscription', name: 'far', definition: { enabled: false } },
    { kind: 'system grant', name: 'language sql to PUBLIC', definition: { privileges: [] } },
    { kind: 'table', name: 'public.t', definition: {} },
  ],
}

it('leaves out what a copy of a database does not have', () => {
  expect(asCopied(catalog).objects.map(({ kind }) => kind)).toEqual(['extension', 'system grant', 'table'])
})

it('leaves out what the operators of a server decide', () => {
  const { objects } = withoutServersOwn(catalog)
  expect(objects.map(({ kind }) => kind)).toEqual(['extension', 'subscription', 'table'])
  expect(objects[0]?.definition).toEqual({ schema: 'public', comment: null })
})
