import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees the CHECK of a domain', async () => {
  const setup = 'CREATE DOMAIN positive AS integer'
  const change = 'ALTER DOMAIN positive ADD CONSTRAINT p CHECK (VALUE > 0)'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "domain constraint public.positive.p: added",
    ]
  `)
})
