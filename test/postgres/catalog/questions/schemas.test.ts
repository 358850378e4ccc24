import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a schema that is empty, and none of Tide', async () => {
  const setup = ''
  const change = 'CREATE SCHEMA empty; CREATE SCHEMA tide; CREATE TABLE tide.journal (a integer)'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "schema empty: added",
    ]
  `)
})
