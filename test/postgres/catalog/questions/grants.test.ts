import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees what others than the owner may do', async () => {
  const setup = `CREATE TABLE t (a integer); CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'`
  const change = 'GRANT SELECT ON t TO PUBLIC; GRANT UPDATE (a) ON t TO PUBLIC; REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "grant column public.t.a to PUBLIC: added",
      "grant routine public.f() to PUBLIC: added",
      "grant table public.t to PUBLIC: added",
    ]
  `)
})

it('sees no difference in a grant that was given and taken back', async () => {
  const setup = 'CREATE TABLE t (a integer)'
  const change = 'GRANT SELECT ON t TO PUBLIC; REVOKE SELECT ON t FROM PUBLIC'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`[]`)
})
