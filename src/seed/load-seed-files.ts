import { type Connection, withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { claimTables, lockFilled } from './deliver/claim-tables.ts'
import { rowsHidden } from './deliver/errors.ts'
import { explaining, explainRefusal } from './deliver/explain-refusal.ts'
import type { CheckedFiles } from './deliver/files/check-files.ts'
import { filesDamaged, filesOccupied } from './deliver/files/errors.ts'
import { loadTable, patchLoaded, type TableToLoad } from './deliver/files/load-table.ts'
import { type Manifest, type ManifestTable, tablesOf } from './deliver/files/manifest.ts'
import { type Progress, tellProgress } from './deliver/progress.ts'
import { countTable } from './deliver/read-existing.ts'
import { readStandingRows } from './deliver/read-standing-rows.ts'
import { ensureSeedLedger, ensureSeedLedgerWithin, finishRun, readRun, recordTable, startRun } from './deliver/run-ledger.ts'
import { reserveNumbers } from './deliver/reserve-numbers.ts'
import { setSequences } from './deliver/set-sequences.ts'
import { tableKey } from './plan/table-key.ts'
import { checkKeys } from './reference/kept-keys.ts'
import type { SeededTable, SeedRowsResult } from './seed-rows.ts'

/**
 * Loads files that were checked, each transaction of the manifest whole or not at all. It is recorded as the run that
 * would have made the same rows: again changes nothing, with files or without.
 * @throws SEED_FILLED_OTHERWISE, SEED_FILES_OCCUPIED, SEED_FILES_KEYS, SEED_FILES_DAMAGED, SEED_TABLE_CHANGED,
 * SEED_TABLES_EMPTIED, SEED_ROWS_HIDDEN, SEED_INTERRUPTED, and those of `explainRefusal`
 */
export async function loadSeedFiles(
  database: DatabaseUrl,
  files: CheckedFiles,
  progress: Progress = {},
): Promise<SeedRowsResult> {
  return withConnection(database, (connection) => loadEach(connection, files, progress))
}

/**
 * The same in one transaction that is open, as that of `applyReference`: what fails must take back all of it.
 * @throws as `loadSeedFiles`
 */
export function loadSeedFilesWithin(
  connection: Connection,
  files: CheckedFiles,
  progress: Progress = {},
): Promise<SeedRowsResult> {
  return loadEach(connection, files, { ...progress, isWhole: true })
}

async function loadEach(connection: Connection, files: CheckedFiles, progress: Progress): Promise<SeedRowsResult> {
  const start = performance.now()
  const { manifest, facts } = files
  const whole = { isWhole: progress.isWhole === true }
  const commit = whole.isWhole ? onePart : inTransaction
  const done = await explaining('the tables were read', () => commit(connection, () => readDone(connection, files)), whole)
  const isNew = tablesOf(manifest).some((entry) => !done.has(tableKey(entry)))
  if (isNew) {
    await explaining(
      'the record in the schema tide was written',
      async () => {
        await (whole.isWhole ? ensureSeedLedgerWithin : ensureSeedLedger)(connection)
        await startRun(connection, { id: manifest.run, seed: manifest.seed, now: Date.parse(manifest.clock) })
        const open = tablesOf(manifest).filter((entry) => !done.has(tableKey(entry)))
        await reserveNumbers(connection, open.flatMap(({ rows, offset, ...entry }) => {
          const found = facts.get(tableKey(entry))
          return found === undefined ? [] : [{ facts: found, rows, offset }]
        }))
      },
      whole,
    )
  }
  const tables: SeededTable[] = []
  for (const transaction of manifest.transactions) {
    tables.push(...(await loadTransaction(connection, files, transaction, done, progress)))
  }
  if (isNew) await explaining('the record in the schema tide was written', () => finishRun(connection, manifest.run), whole)
  const rows = tables.reduce((sum, table) => sum + (table.state === 'filled' ? table.rows : 0), 0)
  return { tables, rows, ms: Math.round(performance.now() - start) }
}

/** A part of a larger transaction: what its constraints refuse is known at its end. */
async function onePart<Result>(connection: Connection, run: () => Promise<Result>): Promise<Result> {
  await connection.query('SET CONSTRAINTS ALL DEFERRED')
  const result = await run()
  await connection.query('SET CONSTRAINTS ALL IMMEDIATE')
  return result
}

/** Tables whose rows are there; in all others nothing may be in the way. */
async function readDone(
  connection: Connection,
  { manifest, facts }: CheckedFiles,
): Promise<ReadonlyMap<string, number>> {
  await lockFilled(connection)
  const recorded = await readRun(connection, manifest.run)
  const tables = tablesOf(manifest).flatMap((entry) => {
    const key = tableKey(entry)
    const found = facts.get(key)
    const { model: name = key, rows, offset } = entry
    return found === undefined ? [] : [{ key, facts: found, name, rows, offset }]
  })
  const { done, offsets } = await readStandingRows(connection, tables, manifest.run, recorded)
  const occupied = tables.filter(({ key, offset }) => (offsets.get(key) ?? offset) !== offset)
  if (occupied.length > 0) throw filesOccupied(occupied.map(({ name }) => name))
  if (done.size < tables.length) await checkKeys(connection, manifest.keys ?? [])
  return done
}

async function loadTransaction(
  connection: Connection,
  files: CheckedFiles,
  transaction: Manifest['transactions'][number],
  done: ReadonlyMap<string, number>,
  progress: Progress,
): Promise<readonly SeededTable[]> {
  const isDone = (entry: ManifestTable): boolean => done.has(tableKey(entry))
  const results = transaction.tables
    .filter(isDone)
    .map((entry) => describe(entry, { rows: done.get(tableKey(entry)) ?? 0, state: 'unchanged', ms: 0 }))
  const open = transaction.tables.filter((entry) => !isDone(entry))
  if (open.length === 0) return results
  const { directory, manifest } = files
  const loads = open.flatMap((entry): readonly TableToLoad[] => {
    const found = files.facts.get(tableKey(entry))
    const tell = (): void => { tellProgress(progress, entry.model ?? tableKey(entry), 0, entry.rows) }
    return found === undefined ? [] : [{ connection, directory, format: manifest.format, entry, facts: found, tell }]
  })
  const before = manifest.transactions.slice(0, manifest.transactions.indexOf(transaction))
  const earlier = tablesOf({ transactions: before }).map((entry) => ({ key: tableKey(entry), name: nameOf(entry) }))
  let current = loads[0]
  const at = (load: TableToLoad): void => { current = load }
  try {
    const loaded = await (progress.isWhole === true ? onePart : inTransaction)(connection, () =>
      loadTables(connection, { run: manifest.run, isDeferred: transaction.deferred, loads, earlier, progress, at }),
    )
    return [...results, ...loaded]
  } catch (error) {
    const table = current === undefined ? 'a table' : tableKey(current.entry)
    const facts = current === undefined ? {} : { facts: current.facts }
    const isWhole = progress.isWhole === true
    throw explainRefusal(`the file of ${table} was loaded`, error, { ...facts, isLoaded: true, isWhole })
  }
}

interface TransactionToLoad {
  readonly run: string
  readonly isDeferred: boolean
  readonly loads: readonly TableToLoad[]
  /** Tables of the transactions before. */
  readonly earlier: readonly { readonly key: string; readonly name: string }[]
  readonly progress: Progress
  /** Told of each table that is worked on. */
  readonly at: (load: TableToLoad) => void
}

async function loadTables(
  connection: Connection,
  { run, isDeferred, loads, earlier, progress, at }: TransactionToLoad,
): Promise<readonly SeededTable[]> {
  const results: SeededTable[] = []
  const claimed = await claimTables(connection, run, loads.map(claimOf), earlier)
  if (isDeferred) await connection.query('SET CONSTRAINTS ALL DEFERRED')
  const open = loads.filter(({ entry }) => !claimed.has(tableKey(entry)))
  const taken = new Map<TableToLoad, number>()
  for (const load of open) {
    at(load)
    const start = performance.now()
    const rows = await loadSeen(load)
    checkRows(load, rows)
    taken.set(load, rows)
    tellProgress(progress, load.entry.model ?? tableKey(load.entry), load.entry.rows, load.entry.rows)
    results.push(describe(load.entry, { rows, state: 'filled', ms: Math.round(performance.now() - start) }))
  }
  for (const load of open) {
    at(load)
    const rows = taken.get(load) ?? 0
    const patched = (await patchLoaded(load)) ?? rows
    if (load.facts.rowSecurity && patched < rows) throw rowsHidden(tableKey(load.entry), rows - patched, rows)
    await setSequences(connection, load)
    await recordTable(connection, run, tableKey(load.entry), {
      rows,
      offset: load.entry.offset,
      moved: new Map((load.entry.moved ?? []).map(([owner, numbers]) => [owner, new Map(numbers)])),
    })
  }
  const others = loads.filter(({ entry }) => claimed.has(tableKey(entry)))
  return [...others.map(({ entry }) => describe(entry, { rows: entry.rows, state: 'unchanged', ms: 0 })), ...results]
}

function nameOf(entry: ManifestTable): string {
  return entry.model ?? tableKey(entry)
}

function claimOf({ entry, facts }: TableToLoad): Parameters<typeof claimTables>[2][number] {
  return { key: tableKey(entry), name: nameOf(entry), facts, rows: entry.rows, offset: entry.offset }
}

/** @throws SEED_ROWS_HIDDEN where row-level security does not show what was written */
async function loadSeen(load: TableToLoad): Promise<number> {
  const { connection, facts, entry } = load
  if (!facts.rowSecurity) return loadTable(load)
  const before = await countTable(connection, facts)
  const rows = await loadTable(load)
  const seen = (await countTable(connection, facts)) - before
  if (seen < rows) throw rowsHidden(tableKey(entry), rows - seen, rows)
  return rows
}

/** What a trigger takes away is not the file's fault. */
function checkRows({ entry, facts }: TableToLoad, rows: number): void {
  if (rows === entry.rows || facts.insertTriggers.length > 0) return
  throw filesDamaged(entry.file, `it has ${rows} rows, and ${entry.rows} by its manifest`)
}

function describe(
  entry: ManifestTable,
  done: Pick<SeededTable, 'rows' | 'state' | 'ms'>,
): SeededTable {
  const { model } = entry
  return { table: tableKey(entry), ...(model === undefined ? {} : { model }), ...done, notes: [] }
}
