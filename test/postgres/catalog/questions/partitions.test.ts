import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees which table is a partition of which', async () => {
  const setup = 'CREATE TABLE t (a integer) PARTITION BY RANGE (a)'
  const change = 'CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (10)'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "column public.t1.a: added",
      "inheritance public.t1 of public.t: added",
      "table public.t1: added",
    ]
  `)
})
