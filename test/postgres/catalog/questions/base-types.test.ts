import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a shell type', async () => {
  const setup = ''
  const change = 'CREATE TYPE mystery'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "base type public.mystery: added",
    ]
  `)
})
