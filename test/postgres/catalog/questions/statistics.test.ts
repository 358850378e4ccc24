import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees extended statistics', async () => {
  const setup = 'CREATE TABLE t (a integer, b integer)'
  const change = 'CREATE STATISTICS together (dependencies) ON a, b FROM t'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "statistics public.together: added",
    ]
  `)
})
