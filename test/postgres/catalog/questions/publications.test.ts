import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a publication with its tables', async () => {
  const setup = 'CREATE TABLE t (id integer PRIMARY KEY, a integer)'
  const change = `CREATE PUBLICATION news FOR TABLE t (id) WHERE (id > 5) WITH (publish = 'insert')`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "publication news: added",
    ]
  `)
})

it('sees that generated columns are published', async () => {
  const setup = 'CREATE TABLE t (id integer PRIMARY KEY); CREATE PUBLICATION news FOR TABLE t'
  const change = 'ALTER PUBLICATION news SET (publish_generated_columns = stored)'
  expect(await differencesMadeBy(setup, change)).toEqual(['publication news: generatedColumns none -> s'])
})
