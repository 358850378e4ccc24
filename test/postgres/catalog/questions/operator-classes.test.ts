import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees what an operator class is made of', async () => {
  const make = (operator: string, flag = ''): string =>
    `CREATE OPERATOR CLASS mine ${flag} FOR TYPE integer USING hash AS OPERATOR 1 ${operator}, FUNCTION 1 hashint4(integer)`
  const setup = `CREATE OPERATOR ==== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq); ${make('=')}`
  const change = `DROP OPERATOR FAMILY mine USING hash; ${make('====')}`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "operator of access method operator 1 (integer, integer) of public.mine USING hash: uses =(integer,integer) -> public.====(integer,integer)",
    ]
  `)
})
