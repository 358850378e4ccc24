import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees row security, options and persistence of a table', async () => {
  const setup = 'CREATE TABLE t (a integer)'
  const change = 'ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t SET (fillfactor = 70); ALTER TABLE t SET UNLOGGED; ALTER TABLE t REPLICA IDENTITY FULL'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "table public.t: options [] -> ["fillfactor=70"], replicaIdentity default -> full, rowSecurity false -> true, unlogged false -> true",
    ]
  `)
})
