import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees where a cast is taken, and how', async () => {
  const setup = `CREATE TYPE mood AS ENUM ('sad'); CREATE CAST (mood AS integer) WITH INOUT`
  const change = 'DROP CAST (mood AS integer); CREATE CAST (mood AS integer) WITH INOUT AS IMPLICIT; CREATE CAST (mood AS date) WITH INOUT'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "cast (public.mood AS integer): context explicit -> implicit",
      "cast (public.mood AS pg_catalog.date): added",
    ]
  `)
})
