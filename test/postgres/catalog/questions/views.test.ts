import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees views and materialized views', async () => {
  const setup = 'CREATE TABLE t (a integer); CREATE VIEW v AS SELECT a FROM t'
  const change = 'CREATE OR REPLACE VIEW v WITH (security_barrier) AS SELECT a, a + 1 AS b FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "materialized view public.m: added",
      "view public.v: columns ["a integer"] -> ["a integer","b integer"], definition SELECT a FROM public.t; -> SELECT a, (a + 1) AS b FROM public.t;, options [] -> ["security_barrier=true"]",
    ]
  `)
})

it('sees how columns of a materialized view are stored', async () => {
  const setup = `CREATE MATERIALIZED VIEW m AS SELECT 'x'::text AS a, 'y'::text AS b`
  const change = 'ALTER MATERIALIZED VIEW m ALTER COLUMN b SET STORAGE EXTERNAL, ALTER COLUMN a SET STATISTICS 5'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "materialized view public.m: columnOptions none -> ["a 5","b e"]",
    ]
  `)
})
