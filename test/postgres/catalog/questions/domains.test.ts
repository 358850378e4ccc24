import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees default and NOT NULL of a domain', async () => {
  const setup = 'CREATE DOMAIN code AS varchar(5)'
  const change = `ALTER DOMAIN code SET DEFAULT 'x'; ALTER DOMAIN code SET NOT NULL`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "domain public.code: default none -> 'x'::character varying, notNull false -> true",
    ]
  `)
})
