import { expect, it } from 'vitest'
import { ownForm } from '../../../src/seed/constraints/own-form.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { seedRows } from '../../../src/seed/seed-rows.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'

const table = `CREATE TABLE fn (id int PRIMARY KEY, p numeric(10,4) NOT NULL CHECK (p = round(p, 2)),
  w varchar(20) NOT NULL CHECK (w = lower(btrim(w))), d timestamptz NOT NULL CHECK (date_trunc('day', d) = d),
  "a = b" text CHECK ("a = b" = upper("a = b")), u text UNIQUE CHECK (u = lower(u)), g text GENERATED ALWAYS AS (w) STORED,
  x int, y int, CHECK (x = abs(y)))`

it('finds what a column is to be the same as, where that is made of the column alone and need not be unique', async () => {
  const database = await createTestDatabase('forms')
  await rowsOf(database, table)
  const [facts] = await withConnection(database, (connection) => readTables(connection))
  if (facts === undefined) throw new Error('no table')
  const forms = await Promise.all(facts.checks.map(({ expression }) => ownForm(expression, facts)))
  expect(forms.flatMap((form) => form ?? []).map(({ column, expression }) => `${column} = ${expression}`).sort()).toEqual([
    'a = b = upper("a = b")',
    "d = date_trunc('day'::text, d)",
    'p = round(p, 2)',
    'w = lower(btrim((w)::text))',
  ])
  await rowsOf(database, 'ALTER TABLE fn DROP x')
  const { rows } = await seedRows({ database, counts: new Map(), rows: 50, seed: 's', locale: 'en', now: Date.UTC(2026, 0, 1), isPinned: true })
  expect(rows).toBe(50)
  expect(await rowsOf(database, 'SELECT count(DISTINCT p) > 20, count(DISTINCT "a = b") > 5 FROM fn')).toEqual(['t|t'])
})
