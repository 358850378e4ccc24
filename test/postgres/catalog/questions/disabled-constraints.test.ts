import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees foreign keys that no longer keep anything out', async () => {
  const setup = 'CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p integer CONSTRAINT mine REFERENCES p)'
  const change = 'ALTER TABLE c DISABLE TRIGGER ALL; UPDATE pg_trigger SET tgenabled = $$R$$ WHERE tgrelid = $$p$$::regclass'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "disabled constraint public.c.mine on public.c: added",
      "disabled constraint public.c.mine on public.p: added",
    ]
  `)
  expect(await differencesMadeBy(setup, `${change}; ALTER TABLE c ENABLE TRIGGER ALL`)).toHaveLength(1)
})
