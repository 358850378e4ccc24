import { type Connection, withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { explainRefusal } from './deliver/explain-refusal.ts'
import type { CheckedFiles } from './deliver/files/check-files.ts'
import { filesDamaged, filesOccupied } from './deliver/files/errors.ts'
import { loadTable, patchLoaded, type TableToLoad } from './deliver/files/load-table.ts'
import { type Manifest, type ManifestTable, tablesOf } from './deliver/files/manifest.ts'
import { type Progress, tellProgress } from './deliver/progress.ts'
import { readStandingRows } from './deliver/read-standing-rows.ts'
import { ensureSeedLedger, finishRun, readRun, recordTable, startRun } from './deliver/run-ledger.ts'
import { setSequences } from './deliver/set-sequences.ts'
import { tableKey } from './plan/table-key.ts'
import type { SeededTable, SeedRowsResult } from './seed-rows.ts'

/**
 * Loads files that were checked, each transaction of the manifest whole or not at all. It is recorded as the run that
 * would have made the same rows: again changes nothing, with files or without.
 * @throws SEED_FILLED_OTHERWISE, SEED_FILES_OCCUPIED, SEED_ROW_REFUSED, SEED_DISK_FULL, SEED_NOT_PERMITTED,
 * SEED_SERVER_GONE, SEED_INTERRUPTED
 */
export async function loadSeedFiles(
  database: DatabaseUrl,
  files: CheckedFiles,
  progress: Progress = {},
): Promise<SeedRowsResult> {
  const start = performance.now()
  const { manifest } = files
  return withConnection(database, async (connection) => {
    const done = await readDone(connection, files)
    const isNew = tablesOf(manifest).some((entry) => !done.has(tableKey(entry)))
    if (isNew) {
      await ensureSeedLedger(connection)
      await startRun(connection, { id: manifest.run, seed: manifest.seed, now: Date.parse(manifest.clock) })
    }
    const tables: SeededTable[] = []
    for (const transaction of manifest.transactions) {
      tables.push(...(await loadTransaction(connection, files, transaction, done, progress)))
    }
    if (isNew) await finishRun(connection, manifest.run)
    const rows = tables.reduce((sum, table) => sum + (table.state === 'filled' ? table.rows : 0), 0)
    return { tables, rows, ms: Math.round(performance.now() - start) }
  })
}

/** Tables whose rows are there; in all others nothing may be in the way. */
async function readDone(connection: Connection, { manifest, facts }: CheckedFiles): Promise<ReadonlySet<string>> {
  const recorded = await readRun(connection, manifest.run)
  const tables = tablesOf(manifest).flatMap((entry) => {
    const key = tableKey(entry)
    const found = facts.get(key)
    return found === undefined ? [] : [{ key, facts: found, name: entry.model ?? key, offset: entry.offset }]
  })
  const { done, offsets } = await readStandingRows(connection, tables, manifest.run, recorded?.tables ?? new Map())
  const occupied = tables.filter(({ key, offset }) => (offsets.get(key) ?? offset) !== offset)
  if (occupied.length > 0) throw filesOccupied(occupied.map(({ name }) => name))
  return done
}

async function loadTransaction(
  connection: Connection,
  { directory, manifest, facts }: CheckedFiles,
  { deferred, tables }: Manifest['transactions'][number],
  done: ReadonlySet<string>,
  progress: Progress,
): Promise<readonly SeededTable[]> {
  const results: SeededTable[] = tables
    .filter((entry) => done.has(tableKey(entry)))
    .map((entry) => describe(entry, 'unchanged', 0))
  const open = tables.filter((entry) => !done.has(tableKey(entry)))
  const loads = open.flatMap((entry): readonly TableToLoad[] => {
    const found = facts.get(tableKey(entry))
    const tell = (): void => { tellProgress(progress, entry.model ?? tableKey(entry), 0, entry.rows) }
    return found === undefined ? [] : [{ connection, directory, format: manifest.format, entry, facts: found, tell }]
  })
  let current = ''
  try {
    if (loads.length > 0) await connection.query('BEGIN')
    if (deferred && loads.length > 0) await connection.query('SET CONSTRAINTS ALL DEFERRED')
    for (const load of loads) {
      current = tableKey(load.entry)
      const start = performance.now()
      checkRows(load, await loadTable(load))
      tellProgress(progress, load.entry.model ?? current, load.entry.rows, load.entry.rows)
      results.push(describe(load.entry, 'filled', Math.round(performance.now() - start)))
    }
    for (const load of loads) {
      current = tableKey(load.entry)
      await patchLoaded(load)
      await setSequences(connection, load)
      await recordTable(connection, manifest.run, current, { rows: load.entry.rows, offset: load.entry.offset })
    }
    if (loads.length > 0) await connection.query('COMMIT')
    return results
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined)
    throw explainRefusal(current, error)
  }
}

/** What a trigger takes away is not the file's fault. */
function checkRows({ entry, facts }: TableToLoad, rows: number): void {
  if (rows === entry.rows || facts.insertTriggers.length > 0) return
  throw filesDamaged(entry.file, `it has ${rows} rows, and ${entry.rows} by its manifest`)
}

function describe({ schema, name, model, rows }: ManifestTable, state: SeededTable['state'], ms: number): SeededTable {
  return { table: `${schema}.${name}`, ...(model === undefined ? {} : { model }), rows, state, ms, notes: [] }
}
