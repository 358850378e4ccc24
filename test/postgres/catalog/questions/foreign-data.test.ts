import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees wrappers, servers and foreign tables, without their options', async () => {
  const setup = 'CREATE FOREIGN DATA WRAPPER w'
  const change = 'CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (a integer) SERVER s'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "column public.f.a: added",
      "foreign server s: added",
      "foreign table public.f: added",
      "table public.f: added",
    ]
  `)
})
