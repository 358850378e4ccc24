import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees an aggregate by the parts it is made of', async () => {
  const setup = `CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0')`
  const change = `DROP AGGREGATE total(integer); CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '1')`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "aggregate public.total(integer): initialState 0 -> 1",
    ]
  `)
})
