import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a cast and an operator by their presence', async () => {
  const setup = `CREATE TYPE mood AS ENUM ('sad')`
  const change = 'CREATE CAST (mood AS integer) WITH INOUT; CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq); CREATE TEXT SEARCH CONFIGURATION english_too (COPY = english)'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "cast (public.mood AS integer): added",
      "operator public.===(pg_catalog.text,pg_catalog.text): added",
      "text search configuration public.english_too: added",
    ]
  `)
})
