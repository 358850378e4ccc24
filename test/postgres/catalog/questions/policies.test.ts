import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a policy', async () => {
  const setup = 'CREATE TABLE t (a integer)'
  const change = 'CREATE POLICY own ON t AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (a > 0) WITH CHECK (a > 1)'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "policy public.t.own: added",
    ]
  `)
})
