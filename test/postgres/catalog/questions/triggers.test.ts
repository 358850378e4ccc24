import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a trigger, and whether it is switched off', async () => {
  const setup = `CREATE TABLE t (a integer); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`
  const change = 'CREATE TRIGGER two AFTER UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER one'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "trigger public.t.one: fires origin -> disabled",
      "trigger public.t.two: added",
    ]
  `)
})
