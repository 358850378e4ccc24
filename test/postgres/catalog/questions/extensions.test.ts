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

it('sees the comment on an extension', async () => {
  expect(await differencesMadeBy('CREATE EXTENSION citext', `COMMENT ON EXTENSION citext IS 'ours'`)).toEqual([
    'extension citext: comment data type for case-insensitive character strings -> ours',
  ])
})
