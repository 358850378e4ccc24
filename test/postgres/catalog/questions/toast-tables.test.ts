import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees options of the table behind long values', async () => {
  const setup = 'CREATE TABLE t (a text); CREATE TABLE u (a text); ALTER TABLE u SET (toast.autovacuum_enabled = false)'
  const change = 'ALTER TABLE t SET (toast.autovacuum_enabled = false); ALTER TABLE u RESET (toast.autovacuum_enabled)'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "toast table public.t: added",
      "toast table public.u: removed",
    ]
  `)
})
