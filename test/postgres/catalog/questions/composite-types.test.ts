import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees the attributes of a composite type, in order', async () => {
  const setup = 'CREATE TYPE pair AS (a integer, b text)'
  const change = 'ALTER TYPE pair ADD ATTRIBUTE c text COLLATE "C"; ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "composite type public.pair: attributes ["a integer","b text"] -> ["a bigint","b text","c text COLLATE \\"C\\""]",
    ]
  `)
})
