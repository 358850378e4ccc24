import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees comments on a language and the schema public', async () => {
  const change = `COMMENT ON LANGUAGE plpgsql IS NULL; COMMENT ON SCHEMA public IS 'all'`
  expect(await differencesMadeBy('', change)).toMatchInlineSnapshot(`
    [
      "system comment language plpgsql: added",
      "system comment schema public: added",
    ]
  `)
})
