import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees comments on a table, a column and a constraint', async () => {
  const setup = 'CREATE TABLE t (a integer CONSTRAINT positive CHECK (a > 0))'
  const change = `COMMENT ON TABLE t IS 'one'; COMMENT ON COLUMN t.a IS 'two'; COMMENT ON CONSTRAINT positive ON t IS 'three'`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "comment table column public.t.a: added",
      "comment table constraint positive on public.t: added",
      "comment table public.t: added",
    ]
  `)
})
