import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees the values of an enum, in order', async () => {
  const setup = `CREATE TYPE mood AS ENUM ('sad', 'happy')`
  const change = `ALTER TYPE mood ADD VALUE 'so so' AFTER 'sad'`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "enum public.mood: values ["sad","happy"] -> ["sad","so so","happy"]",
    ]
  `)
})
