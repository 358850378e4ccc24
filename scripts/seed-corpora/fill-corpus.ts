import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isFailure } from '../../src/errors/failure.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { rehearseHistory } from '../../src/history/replay.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import type { Rehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { readDataModel } from '../../src/prisma/data-model.ts'
import { seedRows, type SeedRowsInput, type SeedRowsResult, type TableCount } from '../../src/seed/seed-rows.ts'
import { judgeRows, type Judgement } from './judge-rows.ts'

/** What became of one project's database. */
export interface FilledCorpus {
  readonly name: string
  readonly tables: number
  readonly rows: number
  readonly ms: number
  readonly judgement: Judgement | undefined
  /** Why it could not be filled. */
  readonly failed: string | undefined
}

/** Rows of every model. */
export const rowsPerModel = 1000

/** Applies the history of a project to an empty database, fills every model with no configuration, and judges. */
export async function fillCorpus(name: string, prisma: string, rehearsals: Rehearsals): Promise<FilledCorpus> {
  await using rehearsal = await rehearseHistory(rehearsals, await readHistory(join(prisma, 'migrations')))
  try {
    return await fill(name, prisma, rehearsal.url)
  } catch (error) {
    const why = isFailure(error) ? ` ${error.details.why ?? ''}` : ''
    const failed = `${error instanceof Error ? error.message : String(error)}${why}`
    return { name, tables: 0, rows: 0, ms: 0, judgement: undefined, failed }
  }
}

/** Fills every model of a project whose history was applied, and judges. */
export async function fill(name: string, prisma: string, database: DatabaseUrl): Promise<FilledCorpus> {
  const filesOf = await schemaFiles(prisma)
  const model = readDataModel(
    await Promise.all(filesOf.map(async (path) => ({ path, text: await readFile(path, 'utf8') }))),
  )
  // The histories themselves insert a few rows; what is judged is what is made.
  await withConnection(database, (connection) =>
    connection.query(`DO $$ DECLARE one record; BEGIN FOR one IN SELECT oid::regclass AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname !~ '^_prisma' LOOP
      EXECUTE format('TRUNCATE %s CASCADE', one.name); END LOOP; END $$`),
  )
  await fillExtensions(database)
  const now = Date.UTC(2026, 0, 15)
  const input = { database, model, rows: rowsPerModel, seed: 'corpora', locale: 'en', now, isPinned: true }
  const result = await fillWithinCapacity(input)
  const counts = new Map(result.tables.map(({ table, rows }) => [table, rows]))
  const judgement = await withConnection(database, (connection) => judgeRows(connection, counts))
  return { name, tables: result.tables.length, rows: result.rows, ms: result.ms, judgement, failed: undefined }
}

/** What an extension keeps is no table of the project; a foreign key to it needs a row that somebody put there. */
export async function fillExtensions(database: DatabaseUrl): Promise<void> {
  await withConnection(database, (connection) =>
    connection.query(`DO $$ BEGIN IF to_regclass('cron.job') IS NOT NULL THEN
      PERFORM cron.schedule('job ' || number, '0 * * * *', 'SELECT 1') FROM generate_series(1, ${rowsPerModel}) AS number; END IF; END $$`),
  )
}

/** A model that cannot have so many rows (codes of two letters) gets as many as there can be. */
async function fillWithinCapacity(
  input: Omit<SeedRowsInput, 'counts'>,
  counts: ReadonlyMap<string, TableCount> = new Map(),
): Promise<SeedRowsResult> {
  try {
    return await seedRows({ ...input, counts })
  } catch (error) {
    const meta = isFailure(error) && error.code === 'SEED_CAPACITY' ? error.details.meta : undefined
    const [model, capacity] = [meta?.['model'], meta?.['capacity']]
    if (typeof model !== 'string' || typeof capacity !== 'number' || counts.has(model)) throw error
    return fillWithinCapacity(input, new Map([...counts, [model, { rows: capacity }]]))
  }
}

async function schemaFiles(prisma: string): Promise<readonly string[]> {
  const folder = join(prisma, 'schema')
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const from = isFolder ? folder : prisma
  return (await readdir(from)).filter((name) => name.endsWith('.prisma')).map((name) => join(from, name))
}
