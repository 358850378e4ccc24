import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a collation', async () => {
  const setup = ''
  const change = `CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de', DETERMINISTIC = false)`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "collation public.german: added",
    ]
  `)
})
