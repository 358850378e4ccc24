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

it('sees the rules of a collation', async () => {
  const make = (rules: string): string => `CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de', RULES = '${rules}')`
  expect(await differencesMadeBy(make('&a < g'), `DROP COLLATION german; ${make('&b < g')}`)).toEqual([
    'collation public.german: rules &a < g -> &b < g',
  ])
})
