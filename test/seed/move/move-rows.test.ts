import { describe, expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../../src/postgres/database-url.ts'
import { readDataModel } from '../../../src/prisma/data-model.ts'
import type { TableCount } from '../../../src/seed/table-count.ts'
import { seedRows, type SeedRowsInput } from '../../../src/seed/seed-rows.ts'
import { createTestDatabase } from '../../support/database.ts'
import { failureOf } from '../../support/failure.ts'
import { queryRows as rowsOf } from '../../support/query-rows.ts'

async function databaseWith(sql: string): Promise<DatabaseUrl> {
  const database = await createTestDatabase('moved')
  await withConnection(database, (connection) => connection.query(sql))
  return database
}

function queryRows(database: DatabaseUrl, query: string): Promise<readonly string[]> {
  return withConnection(database, (connection) => rowsOf(connection, query))
}

function inputFor(
  database: DatabaseUrl,
  counts: Readonly<Record<string, number>>,
  more: Partial<SeedRowsInput> = {},
): SeedRowsInput {
  const named = Object.entries(counts).map(([name, rows]): [string, TableCount] => [`public.${name}`, { rows }])
  const settings = { seed: 's', locale: 'en', now: Date.UTC(2026, 0, 1), isPinned: true }
  return { database, counts: new Map(named), ...settings, ...more }
}

/** One table for each kind of small space, with rows of somebody else in it. */
const occupied = `
  CREATE TYPE size AS ENUM ('s', 'm', 'l', 'xl');
  CREATE TABLE sizes (id serial PRIMARY KEY, size size NOT NULL UNIQUE);
  INSERT INTO sizes (size) VALUES ('s'), ('l');
  CREATE TABLE flags (flag boolean NOT NULL UNIQUE, note text);
  INSERT INTO flags VALUES (true);
  CREATE TABLE ranks (id uuid PRIMARY KEY, rank smallint NOT NULL UNIQUE CHECK (rank BETWEEN 1 AND 40));
  INSERT INTO ranks SELECT gen_random_uuid(), n FROM generate_series(1, 30) n;
  CREATE TABLE words (id serial PRIMARY KEY, word text NOT NULL CHECK (word IN ('a', 'b', 'c')));
  CREATE UNIQUE INDEX words_folded ON words (upper(word));
  INSERT INTO words (word) VALUES ('b');
  CREATE TABLE countries (code char(2) PRIMARY KEY);
  INSERT INTO countries VALUES ('DE'), ('FR'), ('IT');
  CREATE TABLE prices (id serial PRIMARY KEY, code char(2) NOT NULL REFERENCES countries, size size NOT NULL, UNIQUE (code, size));
  INSERT INTO prices (code, size) VALUES ('DE', 's'), ('FR', 'xl'), ('IT', 'm');
  CREATE TABLE capitals (code char(2) PRIMARY KEY REFERENCES countries, name text NOT NULL);
  INSERT INTO capitals VALUES ('FR', 'Paris');
  CREATE TABLE nights (id serial PRIMARY KEY, night daterange NOT NULL, EXCLUDE USING gist (night WITH &&));
  INSERT INTO nights (night) SELECT daterange(date '2026-01-01' - n, date '2026-01-02' - n) FROM generate_series(0, 60) n;
  CREATE TABLE defaults (id serial PRIMARY KEY, is_default boolean NOT NULL);
  CREATE UNIQUE INDEX one_default ON defaults (is_default) WHERE is_default;
  INSERT INTO defaults (is_default) VALUES (true);`

const room = { sizes: 2, flags: 1, ranks: 10, words: 2, prices: 9, capitals: 2, nights: 50, defaults: 20 }

describe('moveRows', () => {
  test('fills what the rows of others leave of a small space, to the last value', async () => {
    const database = await databaseWith(occupied)
    const { rows } = await seedRows(inputFor(database, room))
    expect(rows).toBe(Object.values(room).reduce((sum, one) => sum + one))
    const counts = Object.keys(room).map((table) => `(SELECT count(*) FROM ${table})`)
    expect(await queryRows(database, `SELECT ${counts.join(', ')}`)).toEqual(['4|2|40|3|12|3|111|21'])
    expect(await seedRows(inputFor(database, room))).toMatchObject({ rows: 0 })
  })

  test('refuses one row more before the first, with the room, the need and what is taken', async () => {
    const database = await databaseWith(occupied)
    for (const [table, [capacity, taken]] of Object.entries({
      sizes: [4, 2],
      flags: [2, 1],
      ranks: [40, 30],
      words: [3, 1],
      prices: [12, 3],
      capitals: [3, 1],
    })) {
      const need = (room as Readonly<Record<string, number>>)[table] ?? 0
      const failure = await failureOf(() => seedRows(inputFor(database, { [table]: need + 1 })))
      expect(failure.code, table).toBe('SEED_CAPACITY')
      expect(failure.details.message, table).toContain(
        `cannot have ${need + 1} more rows`,
      )
      expect(failure.details.message, table).toContain(`has room for ${capacity}, of which ${taken} are taken`)
    }
    expect(await queryRows(database, `SELECT to_regclass('tide.seed_run')`)).toEqual(['NULL'])
  })

  test('a run that goes on points to the rows as they were moved', async () => {
    const database = await databaseWith(`
      CREATE TABLE days (day text PRIMARY KEY CHECK (day IN ('mo', 'tu', 'we', 'th', 'fr', 'sa', 'su')));
      INSERT INTO days VALUES ('mo'), ('we'), ('fr');
      CREATE TABLE shifts (id serial PRIMARY KEY, day text NOT NULL REFERENCES days, hours int NOT NULL)`)
    const stop = new AbortController()
    const counts = { days: 4, shifts: 2500 }
    const report: SeedRowsInput['report'] = ({ detail }) => {
      if (detail === 'public.shifts') stop.abort()
    }
    const { code } = await failureOf(() => seedRows(inputFor(database, counts, { signal: stop.signal, report })))
    expect(code).toBe('SEED_INTERRUPTED')
    expect(await queryRows(database, 'SELECT (SELECT count(*) FROM days), (SELECT count(*) FROM shifts)')).toEqual(['7|0'])
    await seedRows(inputFor(database, counts))
    expect(await queryRows(database, 'SELECT DISTINCT day FROM shifts ORDER BY day')).toEqual(['sa', 'su', 'th', 'tu'])
  })

  test('a check that only the database knows picks among the values of a unique column', async () => {
    const database = await databaseWith(`
      CREATE FUNCTION is_good(value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT md5(value) < '8' $$;
      CREATE TABLE codes (code varchar(6) PRIMARY KEY CHECK (is_good(code)), note text);
      CREATE TABLE uses (id serial PRIMARY KEY, code varchar(6) NOT NULL REFERENCES codes);
      CREATE TABLE few (grade text NOT NULL UNIQUE CHECK (grade IN ('a', 'b', 'c', 'd')) CHECK (ascii(grade) % 2 = 0));`)
    await seedRows(inputFor(database, { codes: 300, uses: 500, few: 2 }))
    expect(await queryRows(database, 'SELECT (SELECT count(*) FROM codes), (SELECT count(*) FROM uses)')).toEqual(['300|500'])
    expect(await queryRows(database, 'SELECT grade FROM few ORDER BY 1')).toEqual(['b', 'd'])
    await withConnection(database, (connection) => connection.query('TRUNCATE few; DELETE FROM tide.seed_table'))
    const failure = await failureOf(() => seedRows(inputFor(database, { few: 3 })))
    expect(failure.code).toBe('SEED_CHECK_UNMET')
  })

  test('rows whose record was lost count as those of others: people and identifiers are other ones, and agree', async () => {
    const database = await databaseWith(`
      CREATE TABLE people (id text PRIMARY KEY, email text NOT NULL UNIQUE, username varchar(40) NOT NULL UNIQUE, full_name text NOT NULL);
      CREATE TABLE notes (id serial PRIMARY KEY, person text NOT NULL REFERENCES people, slug text NOT NULL UNIQUE, title text NOT NULL)`)
    const model = readDataModel([{ path: 's', text: `
      model people { id String @id @default(cuid())
        email String @unique
        username String @unique
        full_name String
        notes notes[] }
      model notes { id Int @id @default(autoincrement())
        person String
        owner people @relation(fields: [person], references: [id])
        slug String @unique
        title String }` }])
    const input = { ...inputFor(database, {}, { model, rows: 0 }), counts: new Map([['people', { rows: 300 }], ['notes', { rows: 400 }]]) }
    await seedRows(input)
    const first = await queryRows(database, 'SELECT p::text FROM people p ORDER BY 1')
    await withConnection(database, (connection) => connection.query('DROP SCHEMA tide CASCADE'))
    await seedRows(input)
    expect(await queryRows(database, 'SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM notes)')).toEqual(['600|800'])
    expect(await queryRows(database, 'SELECT p::text FROM people p ORDER BY 1')).toEqual(expect.arrayContaining([...first]))
    const agree = `SELECT count(*) FROM people WHERE split_part(email, '@', 1) = username
      AND lower(full_name) LIKE split_part(username, '.', 1) || ' %'`
    expect(Number((await queryRows(database, agree))[0])).toBeGreaterThan(560)
    expect(await seedRows(input)).toMatchObject({ rows: 0 })
  })

  test('says of numbers that count on how many are behind them', async () => {
    const database = await databaseWith(`
      CREATE TABLE small (id smallint PRIMARY KEY, name text NOT NULL);
      INSERT INTO small VALUES (32760, 'theirs')`)
    const failure = await failureOf(() => seedRows(inputFor(database, { small: 8 })))
    expect(failure.details.message).toContain('has room for 32767, of which 32760 are taken')
    expect(await seedRows(inputFor(database, { small: 7 }))).toMatchObject({ rows: 7 })
  })
})
