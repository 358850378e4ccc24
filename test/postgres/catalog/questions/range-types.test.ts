import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a range type with its multirange', async () => {
  const setup = ''
  const change = 'CREATE TYPE temperature AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi)'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "range type public.temperature: added",
    ]
  `)
})
