import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees partial and expression indexes', async () => {
  const setup = 'CREATE TABLE t (a text, b integer)'
  const change = 'CREATE UNIQUE INDEX part ON t (a) WHERE b > 0; CREATE INDEX low ON t (lower(a)) INCLUDE (b)'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "index public.low: added",
      "index public.part: added",
    ]
  `)
})
