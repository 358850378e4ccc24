import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees CHECK, UNIQUE and foreign keys', async () => {
  const setup = 'CREATE TABLE t (id integer PRIMARY KEY, a integer)'
  const change = 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0), ADD CONSTRAINT u UNIQUE (a), ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES t (id) ON DELETE SET NULL'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "constraint public.t.c: added",
      "constraint public.t.f: added",
      "constraint public.t.u: added",
      "index public.u: added",
    ]
  `)
})

it('sees a constraint that is validated', async () => {
  const setup = 'CREATE TABLE t (a integer); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID'
  const change = 'ALTER TABLE t VALIDATE CONSTRAINT c'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "constraint public.t.c: definition CHECK ((a > 0)) NOT VALID -> CHECK ((a > 0)), validated false -> true",
    ]
  `)
})

it('sees EXCLUDE and deferrable constraints', async () => {
  const setup = 'CREATE TABLE t (a integer, r int4range)'
  const change = 'ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (r WITH &&), ADD CONSTRAINT u UNIQUE (a) DEFERRABLE INITIALLY DEFERRED'
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "constraint public.t.e: added",
      "constraint public.t.u: added",
      "index public.e: added",
      "index public.u: added",
    ]
  `)
})
