import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees the function of an operator and what the planner is told of it', async () => {
  const make = (name: string, rest: string): string =>
    `CREATE OPERATOR ${name} (LEFTARG = text, RIGHTARG = text, ${rest})`
  const setup = `${make('===', 'FUNCTION = texteq')}; ${make('<<<', 'FUNCTION = text_lt')}`
  const change = `DROP OPERATOR === (text, text); ${make('===', 'FUNCTION = textne, HASHES, MERGES')};
    ALTER OPERATOR <<< (text, text) SET (RESTRICT = scalarltsel)`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "operator public.<<<(pg_catalog.text,pg_catalog.text): restrict none -> scalarltsel",
      "operator public.===(pg_catalog.text,pg_catalog.text): function texteq(text,text) -> textne(text,text), hashes false -> true, merges false -> true",
    ]
  `)
})
