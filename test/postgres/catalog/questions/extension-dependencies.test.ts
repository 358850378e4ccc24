import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees what an extension takes along when it is dropped', async () => {
  const setup = 'CREATE EXTENSION citext; CREATE TABLE t (a text); CREATE INDEX i ON t (a)'
  expect(await differencesMadeBy(setup, 'ALTER INDEX i DEPENDS ON EXTENSION citext')).toMatchInlineSnapshot(`
    [
      "dependency index public.i on extension citext: added",
    ]
  `)
})
