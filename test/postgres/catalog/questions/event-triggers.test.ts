import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees an event trigger', async () => {
  const setup = `CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'`
  const change = `CREATE EVENT TRIGGER guard ON ddl_command_start WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION watch()`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "event trigger guard: added",
    ]
  `)
})
