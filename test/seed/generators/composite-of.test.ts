import { expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { seedRows } from '../../../src/seed/seed-rows.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'

test('composite types are filled attribute by attribute, also in arrays and within each other', async () => {
  const database = await createTestDatabase('seed')
  await withConnection(database, (connection) =>
    connection.query(`CREATE TYPE mood AS ENUM ('so, so', '(fine)');
      CREATE TYPE place AS (street text, city varchar(40), size int, at timestamptz, mood mood);
      CREATE TYPE stay AS (here place, nights numeric(5,2));
      CREATE TABLE t (id int PRIMARY KEY, home place, must place NOT NULL, all_of place[], stay stay)`),
  )
  const now = Date.UTC(2026, 0, 1)
  const { rows } = await seedRows({ database, counts: new Map(), rows: 80, seed: 's', locale: 'en', now, isPinned: true })
  expect(rows).toBe(80)
  const filled = `SELECT count(*) FILTER (WHERE (home).city <> '') > 40, count(*) FILTER (WHERE (must).street <> '') = 80,
    count(DISTINCT (home).mood), count(*) FILTER (WHERE (all_of[1]).size IS NOT NULL) > 20,
    count(*) FILTER (WHERE ((stay).here).at <= '2026-01-02') > 30 FROM t`
  expect(await rowsOf(database, filled)).toEqual(['t|t|2|t|t'])
})
