import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees options and owner of a sequence, but not where it stands', async () => {
  const setup = 'CREATE TABLE t (a integer); CREATE SEQUENCE s'
  const change = `ALTER SEQUENCE s INCREMENT BY 5 CACHE 2; ALTER SEQUENCE s OWNED BY t.a; SELECT nextval('s')`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "sequence public.s: cache 1 -> 2, increment 1 -> 5, ownedAs none -> serial, ownedBy none -> public.t.a",
    ]
  `)
})
