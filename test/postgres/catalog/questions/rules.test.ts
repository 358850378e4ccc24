import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a rewrite rule', async () => {
  const setup = 'CREATE TABLE t (a integer)'
  const change = 'CREATE RULE quiet AS ON DELETE TO t DO INSTEAD NOTHING'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "rule public.t.quiet: added",
    ]
  `)
})
