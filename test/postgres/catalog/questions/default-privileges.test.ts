import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees ALTER DEFAULT PRIVILEGES', async () => {
  const setup = 'CREATE SCHEMA s'
  const change = 'ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO PUBLIC'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "default privileges for postgres in s on tables: added",
    ]
  `)
})
