import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees where a configuration sends words, and the options of a dictionary', async () => {
  const setup = `CREATE TEXT SEARCH CONFIGURATION mine (PARSER = pg_catalog."default");
    ALTER TEXT SEARCH CONFIGURATION mine ADD MAPPING FOR word WITH simple;
    CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = snowball, LANGUAGE = english)`
  const change = `ALTER TEXT SEARCH CONFIGURATION mine ALTER MAPPING FOR word WITH english_stem;
    ALTER TEXT SEARCH DICTIONARY words (LANGUAGE = german)`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "text search configuration public.mine: contains ["word: simple"] -> ["word: english_stem"]",
      "text search dictionary public.words: contains ["language = 'english'"] -> ["language = 'german'"]",
    ]
  `)
})
