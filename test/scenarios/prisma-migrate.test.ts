import { expect, test } from 'vitest'
import { down } from '../../src/apply/down.ts'
import { status } from '../../src/apply/status.ts'
import { up } from '../../src/apply/up.ts'
import { archivedAndRolledBack } from '../support/archives.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { failureOf } from '../support/failure.ts'
import { createHistory } from '../support/migrations.ts'
import { migrateDeploy, migrateStatus } from '../support/prisma-migrate.ts'

const migrations = {
  '1_a': { up: 'CREATE TABLE "a" ("id" INT PRIMARY KEY)', down: 'DROP TABLE "a"' },
  '2_b': { up: 'CREATE INDEX CONCURRENTLY "i" ON "a" ("id")', down: 'DROP INDEX "i"' },
}

test('Prisma takes what Tide applied for applied', async () => {
  const database = await createTestDatabase()
  const history = await createHistory(migrations).read()
  await up({ database, history })

  expect(await migrateDeploy(database, history)).toEqual([])
  expect(await migrateStatus(database, history)).toMatchObject({
    failedMigrationNames: [],
    editedMigrationNames: [],
    history: null,
    hasMigrationsTable: true,
  })
})

test('Tide takes what Prisma applied for applied', async () => {
  const database = await createTestDatabase()
  const history = await createHistory(migrations).read()
  expect(await migrateDeploy(database, history)).toEqual(['1_a', '2_b'])

  expect((await status({ database, history })).migrations).toMatchObject([{ state: 'applied' }, { state: 'applied' }])
  expect(await up({ database, history })).toMatchObject({ applied: [] })
  expect((await down({ database, history, to: '0' })).rolledBack).toEqual(['2_b', '1_a'])
})

test('Prisma applies again what Tide rolled back', async () => {
  const database = await createTestDatabase()
  const history = await createHistory(migrations).read()
  await up({ database, history })
  await down({ database, history })

  expect(await migrateDeploy(database, history)).toEqual(['2_b'])
  expect(await up({ database, history })).toMatchObject({ applied: [] })
})

test('the ledgers that Prisma and Tide create are the same', async () => {
  const [byPrisma, byTide] = [await createTestDatabase(), await createTestDatabase()]
  const history = await createHistory(migrations).read()
  await migrateDeploy(byPrisma, history)
  await up({ database: byTide, history })

  const columns = `SELECT column_name, data_type, character_maximum_length, is_nullable, column_default
    FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`
  expect(await rowsOf(byTide, columns)).toEqual(await rowsOf(byPrisma, columns))
  const rows = `SELECT length(id), checksum, finished_at >= started_at, migration_name, logs, rolled_back_at,
    applied_steps_count FROM _prisma_migrations ORDER BY started_at`
  expect(await rowsOf(byTide, rows)).toEqual(await rowsOf(byPrisma, rows))
})

test('a migration that Tide applied in part stops Prisma until Tide has finished it', async () => {
  const database = await createTestDatabase()
  const files = createHistory({ ...migrations, '3_c': 'CREATE TABLE "c" (); COMMIT; SELECT 1/0' })
  const history = await files.read()
  await failureOf(() => up({ database, history }))

  await expect(migrateDeploy(database, history)).rejects.toMatchObject({ code: 'P3009' })
  expect(await migrateStatus(database, history)).toMatchObject({ failedMigrationNames: ['3_c'] })
  const corrected = await files.write({ '3_c': 'CREATE TABLE "c" (); COMMIT; SELECT 1' })
  await up({ database, history: corrected })
  expect(await migrateDeploy(database, corrected)).toEqual([])
})

test('a migration of one commit group that failed under Tide is pending for Prisma', async () => {
  const database = await createTestDatabase()
  const files = createHistory({ '1_a': 'SELECT 1; SELECT 1/0' })
  await failureOf(async () => up({ database, history: await files.read() }))

  expect(await migrateDeploy(database, await files.write({ '1_a': 'SELECT 1' }))).toEqual(['1_a'])
})

test('a migration that failed under Prisma stops Tide until Prisma has settled it', async () => {
  const database = await createTestDatabase()
  const files = createHistory({ '1_a': 'CREATE TABLE "a" ();\nSELECT 1/0;' })
  await expect(migrateDeploy(database, await files.read())).rejects.toThrow('division by zero')

  const failure = await failureOf(async () => up({ database, history: await files.read() }))

  expect(failure.code).toBe('APPLY_FAILED_BEFORE')
  expect((await status({ database, history: await files.read() })).migrations).toMatchObject([{ state: 'failed' }])
})

test('what Prisma applies archives as well, and Tide brings it back', async () => {
  const setup = `CREATE TYPE mood AS ENUM ('fine', 'gone'); CREATE TABLE people (id int PRIMARY KEY, nick text, mood mood);
    INSERT INTO people VALUES (1, 'al', 'gone'), (2, NULL, 'fine');`
  const edit = `ALTER TABLE people DROP COLUMN nick;\nBEGIN;\nCREATE TYPE mood_new AS ENUM ('fine');
    ALTER TABLE people ALTER mood TYPE mood_new USING (CASE mood::text WHEN 'gone' THEN 'fine' ELSE mood::text END)::mood_new;
    ALTER TYPE mood RENAME TO mood_old;\nALTER TYPE mood_new RENAME TO mood;\nDROP TYPE mood_old;\nCOMMIT;\n`
  const { up: archived, rollback } = await archivedAndRolledBack(setup, edit)
  const database = await createTestDatabase()
  const history = await createHistory({ '1_setup': setup, '2_edit': { up: archived, down: rollback.sql } }).read()
  expect(await migrateDeploy(database, history, { isNative: true })).toEqual(['1_setup', '2_edit'])
  expect(await rowsOf(database, 'SELECT * FROM people ORDER BY id')).toEqual(['1|fine', '2|fine'])

  await down({ database, history })
  expect(await rowsOf(database, 'SELECT id, nick, mood FROM people ORDER BY id')).toEqual(['1|al|gone', '2|NULL|fine'])
  expect(await migrateDeploy(database, history, { isNative: true })).toEqual(['2_edit'])
  await rowsOf(database, 'DROP TABLE tide_archive.archives')
  const failure = await failureOf(() => down({ database, history }))
  expect(failure.code).toBe('APPLY_ARCHIVE_MISSING')
  expect((await status({ database, history })).migrations).toMatchObject([{ state: 'applied' }, { state: 'applied' }])
  expect(await down({ database, history, acceptLoss: true })).toMatchObject({ rolledBack: ['2_edit'] })
})
