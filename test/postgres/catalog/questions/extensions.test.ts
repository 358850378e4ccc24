import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees an extension, and nothing of what it brings', async () => {
  const setup = ''
  const change = 'CREATE EXTENSION pg_trgm'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "extension pg_trgm: added",
    ]
  `)
})
