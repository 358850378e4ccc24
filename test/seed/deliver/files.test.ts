import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../../src/postgres/database-url.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { checkFiles } from '../../../src/seed/deliver/files/check-files.ts'
import { type FileFormat, fileFormats } from '../../../src/seed/deliver/files/formats.ts'
import { loadSeedFiles } from '../../../src/seed/load-seed-files.ts'
import { seedRows, type SeedRowsInput, type SeedRowsResult } from '../../../src/seed/seed-rows.ts'
import type { Progress } from '../../../src/seed/deliver/progress.ts'
import { inTransaction } from '../../../src/postgres/in-transaction.ts'
import { type FilesTarget, writeSeedFiles } from '../../../src/seed/write-seed-files.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { failureOf } from '../../support/failure.ts'
import { createFolder } from '../../support/files.ts'

/** Types whose texts need care, a cycle that is patched, a tree, and a check that is asked in the database. */
const schema = `
  CREATE TYPE mood AS ENUM ('so so', 'it''s fine', 'a,b');
  CREATE TABLE "Team" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, lead_id uuid);
  CREATE TABLE members (
    id uuid PRIMARY KEY, team_id int NOT NULL REFERENCES "Team", boss_id uuid REFERENCES members,
    moods mood[] NOT NULL, bio text, note varchar(400), data jsonb, raw bytea, price numeric(12,3), big int8, ok bool,
    at timestamptz NOT NULL, during tstzrange, address inet, size int NOT NULL DEFAULT 1,
    twice int GENERATED ALWAYS AS (size * 2) STORED);
  ALTER TABLE "Team" ADD FOREIGN KEY (lead_id) REFERENCES members;
  CREATE TABLE odd (id serial PRIMARY KEY, n int NOT NULL, CHECK (abs(sin(n)) < 0.9));
  CREATE TABLE "team tags" (team_id int REFERENCES "Team", tag text, PRIMARY KEY (team_id, tag));`

const tables = ['"Team"', 'members', 'odd', '"team tags"']

async function databaseWith(sql: string): Promise<DatabaseUrl> {
  const database = await createTestDatabase('seed')
  await withConnection(database, (connection) => connection.query(sql))
  return database
}

function inputFor(database: DatabaseUrl, rows = 60): SeedRowsInput {
  const now = Date.UTC(2026, 0, 1)
  return { database, counts: new Map(), rows, seed: 's', locale: 'en', now, isPinned: true }
}

async function write(database: DatabaseUrl, format: FileFormat = 'copy', rows?: number): Promise<string> {
  const directory = join(createFolder(), 'rows')
  await writeInto(database, { directory, format, environment: 'qa' }, rows)
  return directory
}

function writeInto(database: DatabaseUrl, target: FilesTarget, rows?: number): Promise<SeedRowsResult> {
  return withConnection(database, (connection) =>
    inTransaction(connection, () => writeSeedFiles(connection, inputFor(database, rows), target)),
  )
}

async function load(
  database: DatabaseUrl,
  directory: string,
  { environment = 'qa', ...progress }: Progress & { readonly environment?: string } = {},
): Promise<SeedRowsResult> {
  const facts = await withConnection(database, (connection) => readTables(connection))
  const files = await checkFiles(directory, environment, facts)
  return loadSeedFiles(database, files, progress)
}

async function contentOf(database: DatabaseUrl): Promise<readonly (readonly string[])[]> {
  return Promise.all(tables.map((table) => rowsOf(database, `SELECT t::text FROM ${table} AS t ORDER BY 1`)))
}

const nothing = tables.map(() => [])

describe('files of every format', () => {
  test.each(fileFormats)('%s: loaded into an empty database, the rows are those of a direct run', async (format) => {
    const [direct, empty] = [await databaseWith(schema), await databaseWith(schema)]
    const directory = await write(empty, format)
    expect(await contentOf(empty)).toEqual(nothing)
    await seedRows(inputFor(direct))
    expect((await load(empty, directory)).tables.map(({ rows, state }) => [rows, state])).toEqual(
      tables.map(() => [60, 'filled']),
    )
    expect(await contentOf(empty)).toEqual(await contentOf(direct))
    expect(await rowsOf(empty, 'SELECT count(lead_id) > 0 FROM "Team"')).toEqual(['t'])
    expect(await rowsOf(empty, `INSERT INTO "Team" (name) VALUES ('next') RETURNING id`)).toEqual(['61'])
  })
})

test('the same rows give the same bytes, and files of an earlier run are replaced', async () => {
  const database = await databaseWith(schema)
  const directory = await write(database, 'csv')
  const first = readFileSync(join(directory, 'manifest.json'), 'utf8')
  await writeInto(database, { directory, format: 'sql', environment: 'qa' })
  expect(readdirSync(directory).filter((name) => name.endsWith('.csv'))).toEqual([])
  await writeInto(database, { directory, format: 'csv', environment: 'qa' })
  expect(readFileSync(join(directory, 'manifest.json'), 'utf8')).toBe(first)
})

test('once loaded, the same files and a direct run both change nothing', async () => {
  const database = await databaseWith(schema)
  const directory = await write(database)
  await load(database, directory)
  const before = await contentOf(database)
  expect((await load(database, directory)).tables.every(({ state }) => state === 'unchanged')).toBe(true)
  expect((await seedRows(inputFor(database))).rows).toBe(0)
  expect(await contentOf(database)).toEqual(before)
})

test('a folder with something else in it is left alone', async () => {
  const database = await databaseWith(schema)
  const directory = createFolder()
  writeFileSync(join(directory, 'mine.txt'), 'mine')
  const target = { directory, format: 'copy', environment: 'qa' } as const
  const failure = await failureOf(() => writeInto(database, target))
  expect(failure.code).toBe('SEED_FILES_DIRECTORY')
  expect(readdirSync(directory)).toEqual(['mine.txt'])
})

describe('refused before the first row', () => {
  const cases: readonly (readonly [string, string, (directory: string) => void])[] = [
    ['a damaged file', 'SEED_FILES_DAMAGED', (directory) => { appendFileSync(fileOf(directory, 3), '\\N\n') }],
    ['a missing file', 'SEED_FILES_MISSING', (directory) => { rmSync(fileOf(directory, 3)) }],
    ['a missing manifest', 'SEED_FILES_MISSING', (directory) => { rmSync(join(directory, 'manifest.json')) }],
    ['another version', 'SEED_FILES_VERSION', (directory) => { edit(directory, '"version": 1', '"version": 99') }],
    ['a file elsewhere', 'SEED_FILES_UNREADABLE', (directory) => { edit(directory, '"file": "001', '"file": "../001') }],
    ['a manifest cut short', 'SEED_FILES_UNREADABLE', (directory) => { edit(directory, '"transactions"', '') }],
  ]
  test.each(cases)('%s', async (_, code, harm) => {
    const database = await databaseWith(schema)
    const directory = await write(database)
    harm(directory)
    expect((await failureOf(() => load(database, directory))).code).toBe(code)
    expect(await contentOf(database)).toEqual(nothing)
  })

  test('a manifest that counts other rows, before anybody empties a table for them', async () => {
    const directory = await write(await databaseWith(schema))
    edit(directory, '"rows": 60', '"rows": 61')
    const failure = await failureOf(() => checkFiles(directory, 'qa', []))
    expect([failure.code, failure.message]).toEqual(['SEED_FILES_DAMAGED', expect.stringContaining('it has 60 rows, and 61 by its manifest')])
  })

  test.each([
    ['a column that is gone', 'ALTER TABLE odd DROP COLUMN n', 'has no column n'],
    ['another type', 'ALTER TABLE odd DROP CONSTRAINT odd_n_check, ALTER n TYPE int8', 'odd.n is bigint, not integer'],
    ['a new column without values', 'ALTER TABLE odd ADD more int NOT NULL', 'public.odd.more'],
    ['a table that is gone', 'DROP TABLE odd', 'no table public.odd'],
  ])('%s', async (_, change, reason) => {
    const database = await databaseWith(schema)
    const directory = await write(database)
    await rowsOf(database, change)
    const failure = await failureOf(() => load(database, directory))
    expect(failure).toMatchObject({ code: 'SEED_FILES_COLUMNS', message: expect.stringContaining(reason) as string })
    expect(await rowsOf(database, 'SELECT (SELECT count(*) FROM "Team") + (SELECT count(*) FROM members)')).toEqual(['0'])
  })

  test('tables with rows of others', async () => {
    const database = await databaseWith(schema)
    const directory = await write(database)
    await rowsOf(database, 'INSERT INTO odd VALUES (7, 0)')
    expect((await failureOf(() => load(database, directory))).code).toBe('SEED_FILES_OCCUPIED')
    expect(await rowsOf(database, 'SELECT count(*) FROM "Team"')).toEqual(['0'])
  })
})

test('a folder whose writer was killed is written anew', async () => {
  const database = await databaseWith(schema)
  const directory = await write(database)
  rmSync(join(directory, 'manifest.json'))
  expect((await failureOf(() => writeInto(database, { directory, format: 'copy', environment: 'qa' }))).code).toBe('SEED_FILES_DIRECTORY')
  writeFileSync(join(directory, '.tide-unfinished'), '')
  await writeInto(database, { directory, format: 'copy', environment: 'qa' })
  expect(readdirSync(directory)).toHaveLength(5)
})

test('what the tables hold changes no file', async () => {
  const database = await databaseWith(schema)
  const directory = await write(database)
  const before = readFileSync(join(directory, 'manifest.json'), 'utf8')
  await seedRows(inputFor(database, 7))
  await writeInto(database, { directory, format: 'copy', environment: 'qa' })
  expect(readFileSync(join(directory, 'manifest.json'), 'utf8')).toBe(before)
})

test('a path that is a file', async () => {
  const database = await databaseWith(schema)
  const directory = join(createFolder({ rows: 'mine' }), 'rows')
  const failure = await failureOf(() => writeInto(database, { directory, format: 'copy', environment: 'qa' }))
  expect(failure.code).toBe('SEED_FILES_DIRECTORY')
})

test('files of another environment', async () => {
  const database = await databaseWith(schema)
  const directory = await write(database)
  const failure = await failureOf(() => load(database, directory, { environment: 'dev' }))
  expect(failure).toMatchObject({ code: 'SEED_FILES_ENVIRONMENT', message: 'The files were written for qa, not for dev.' })
  expect(await contentOf(database)).toEqual(nothing)
})

test('a load that is stopped leaves whole tables, and goes on to the same rows', async () => {
  const [stopped, whole] = [await databaseWith(schema), await databaseWith(schema)]
  const directory = await write(stopped)
  const stop = new AbortController()
  const report: Progress['report'] = ({ done }) => {
    if (done !== undefined && done > 0) stop.abort()
  }
  expect((await failureOf(() => load(stopped, directory, { signal: stop.signal, report }))).code).toBe('SEED_INTERRUPTED')
  const left = (await contentOf(stopped)).map(({ length }) => length)
  expect(left.every((rows) => rows === 0 || rows === 60)).toBe(true)
  const states = (await load(stopped, directory)).tables.map(({ state }) => state)
  expect(states.filter((state) => state === 'unchanged')).toHaveLength(left.filter((rows) => rows === 60).length)
  await load(whole, directory)
  expect(await contentOf(stopped)).toEqual(await contentOf(whole))
})

test('a row that does not fit: its table is left as it was, and the load goes on once it fits', async () => {
  const database = await databaseWith(`${schema} ALTER TABLE odd ADD CONSTRAINT small CHECK (id < 30)`)
  const directory = await write(await databaseWith(schema))
  const failure = await failureOf(() => load(database, directory))
  expect(failure).toMatchObject({ code: 'SEED_ROW_REFUSED', details: { meta: { table: 'public.odd', constraint: 'small' } } })
  expect(await rowsOf(database, 'SELECT count(*) FROM odd')).toEqual(['0'])
  await rowsOf(database, 'ALTER TABLE odd DROP CONSTRAINT small')
  await load(database, directory)
  expect((await contentOf(database)).map(({ length }) => length)).toEqual([60, 60, 60, 60])
})

test('statements on other tables are not run', async () => {
  const database = await databaseWith(schema)
  const directory = await write(database, 'sql')
  const { createHash } = await import('node:crypto')
  const path = fileOf(directory, 1)
  const before = createHash('sha256').update(readFileSync(path)).digest('hex')
  appendFileSync(path, 'DROP TABLE odd;\n')
  edit(directory, before, createHash('sha256').update(readFileSync(path)).digest('hex'))
  expect((await failureOf(() => load(database, directory))).code).toBe('SEED_FILES_DAMAGED')
  expect(await rowsOf(database, 'SELECT count(*) FROM odd')).toEqual(['0'])
})

function fileOf(directory: string, number: number): string {
  const name = readdirSync(directory).find((one) => one.startsWith(String(number).padStart(3, '0')))
  return join(directory, name ?? '')
}

function edit(directory: string, from: string, to: string): void {
  const path = join(directory, 'manifest.json')
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}
