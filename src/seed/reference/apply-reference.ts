import { Bug } from '../../errors/bug.ts'
import { isFailure, withCause } from '../../errors/failure.ts'
import type { Connection } from '../../postgres/connect.ts'
import { rowSettings } from '../../postgres/row-settings.ts'
import { sqlstate, sqlstateOf } from '../../postgres/sqlstate.ts'
import { explainRefusal } from '../deliver/explain-refusal.ts'
import { lockRecords } from '../lock-records.ts'
import { permissionDenied } from '../errors.ts'
import { referenceRefused } from './errors.ts'
import { advanceSequences } from './advance-sequences.ts'
import { insertFills } from './insert-fills.ts'
import { outcomeOf } from './outcome.ts'
import { partSql } from './part-sql.ts'
import type { SeedReport } from '../seed-report.ts'
import { readSequences, restoreSequences } from './keep-sequences.ts'
import { createReferenceRecord, referenceRecord } from './reference-record.ts'
import { checkKeys, type KeptKeys, keepKeys } from './kept-keys.ts'
import type { ReferenceOutcome } from './reference-result.ts'
import { type RemovedRows, removeRows } from './remove-rows.ts'
import type { ReferenceSet } from './resolve-set.ts'
import { stagePart } from './stage-part.ts'
import { explainUnresolved, type StagedPart, writeReady } from './write-part.ts'

/** How reference data is brought into a database. */
export interface ApplyReferenceOptions {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Rows changed by hand get what is declared. */
  readonly overwrite: boolean
  /** Everything is done and then taken back. */
  readonly dryRun: boolean
  /** Keys that rows get, or must have: where files are loaded whose rows point to them. */
  readonly keys?: readonly KeptKeys[]
  /** Runs first, in the same transaction. */
  readonly before?: (connection: Connection) => Promise<void>
  /** Runs last, in the same transaction; not in a dry run. */
  readonly after?: (connection: Connection, outcomes: readonly ReferenceOutcome[]) => Promise<void>
  /** Runs when all of it is there, in the same transaction; also in a dry run, before it is taken back. */
  readonly within?: () => Promise<void>
  readonly signal?: AbortSignal
  readonly report?: SeedReport
}

/**
 * Makes the tables hold what is declared, all of it in one transaction: rows are inserted and updated, those that
 * nobody declares any more are dealt with by their policy, those changed by hand since the last run are left alone.
 * @throws SEED_REFERENCE_*, SEED_FILES_KEYS, SEED_PERMISSION_DENIED, and those of `explainRefusal`
 */
export async function applyReference(
  connection: Connection,
  sets: readonly ReferenceSet[],
  options: ApplyReferenceOptions,
): Promise<readonly ReferenceOutcome[]> {
  const tables = sets.map(({ table }) => table)
  try {
    await connection.query(`BEGIN ISOLATION LEVEL READ COMMITTED; ${rowSettings}`)
    await connection.query(`SELECT pg_advisory_xact_lock(${lockKey})`)
    for (const statement of await missingRecord(connection)) await connection.query(statement)
    await connection.query('SET CONSTRAINTS ALL DEFERRED')
    await options.before?.(connection)
    await connection.query(`ANALYZE ${referenceRecord}`)
    const sequences = options.dryRun ? await readSequences(connection, tables) : []
    const outcomes = await writeSets(connection, sets, options)
    await checkConstraints(connection, sets)
    await checkKeys(connection, options.keys ?? [])
    if (!options.dryRun) {
      for (const set of sets) await advanceSequences(connection, set)
      await options.after?.(connection, outcomes)
    }
    await options.within?.()
    options.signal?.throwIfAborted()
    const moved = options.dryRun ? await readSequences(connection, tables) : []
    await connection.query(options.dryRun ? 'ROLLBACK' : 'COMMIT')
    await restoreSequences(connection, sequences, moved)
    return outcomes
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined)
    throw explain(connection, error)
  }
}

/** Two runs at once would each insert what the other has not committed yet. */
const lockKey = 72707370

/** Nothing is created where it is there: a role may be allowed to write to it and to create nothing. */
async function missingRecord(connection: Connection): Promise<readonly string[]> {
  const { rows } = await connection.query<{ found: boolean }>(
    `SELECT to_regclass('${referenceRecord}') IS NOT NULL AS found`,
  )
  if (rows[0]?.found === true) return []
  await lockRecords(connection)
  return createReferenceRecord
}

async function writeSets(
  connection: Connection,
  sets: readonly ReferenceSet[],
  { now, overwrite, keys = [], signal, report }: ApplyReferenceOptions,
): Promise<readonly ReferenceOutcome[]> {
  const spent = new Map<ReferenceSet, number>()
  const timed = async <Result>(set: ReferenceSet, run: () => Promise<Result>): Promise<Result> => {
    const started = performance.now()
    const result = await run()
    spent.set(set, (spent.get(set) ?? 0) + performance.now() - started)
    return result
  }
  const staged = new Map<ReferenceSet, StagedPart[]>()
  let place = 0
  for (const set of sets) {
    signal?.throwIfAborted()
    report?.({ stage: 'reading reference data', done: staged.size, total: sets.length, detail: set.model.name })
    const parts: StagedPart[] = []
    const kept = await keepKeys(connection, set, keys, staged.size)
    for (const part of set.parts) {
      const own = part.columns.map(({ name }) => name)
      const filled = new Set([...own, ...part.lookups.flatMap((lookup) => lookup.filled)])
      const fills = insertFills(set.model, set.table, filled, now)
      for (const { column } of fills) filled.add(column)
      const sql = partSql(set, part, [...fills, ...kept.filter(({ column }) => !filled.has(column))], place++)
      await timed(set, () => stagePart(connection, set, part, sql))
      parts.push({ set, part, sql })
    }
    staged.set(set, parts)
  }

  await writeInRounds([...staged.values()].flat(), async (part, done, total) => {
    signal?.throwIfAborted()
    report?.({ stage: 'writing reference data', done, total, detail: part.set.model.name })
    return timed(part.set, () => writeReady(connection, part, overwrite))
  }, (part) => explainUnresolved(connection, part))
  await connection.query(`ANALYZE ${referenceRecord}`)
  const removed = new Map<ReferenceSet, RemovedRows>()
  for (const set of [...sets].reverse()) {
    removed.set(set, await removeRows(connection, set, staged.get(set) ?? [], overwrite))
  }
  const outcomes: ReferenceOutcome[] = []
  for (const set of sets) {
    const gone = removed.get(set)
    if (gone === undefined) throw new Bug('A set was not looked at.')
    const outcome = await outcomeOf(connection, set, staged.get(set) ?? [], gone, overwrite)
    outcomes.push({ ...outcome, ms: Math.round(spent.get(set) ?? 0) })
  }
  return outcomes
}

/** A row may point to one that is declared after it, in its own model too: what waits is tried while anything moves. */
async function writeInRounds(
  parts: readonly StagedPart[],
  write: (part: StagedPart, done: number, total: number) => Promise<number>,
  explainWaiting: (part: StagedPart) => Promise<Error | undefined>,
): Promise<void> {
  const waiting = new Map(parts.map((part) => [part, part.part.rows.length]))
  for (let moved = 1; waiting.size > 0 && moved > 0; ) {
    moved = 0
    for (const [part, left] of waiting) {
      const rows = await write(part, parts.length - waiting.size, parts.length)
      moved += rows
      if (rows === left) waiting.delete(part)
      else waiting.set(part, left - rows)
    }
  }
  for (const part of waiting.keys()) {
    const failure = await explainWaiting(part)
    if (failure !== undefined) throw failure
  }
}

/** Deferred constraints are checked here, where their failure can still be explained. */
async function checkConstraints(connection: Connection, sets: readonly ReferenceSet[]): Promise<void> {
  try {
    await connection.query('SET CONSTRAINTS ALL IMMEDIATE')
  } catch (error) {
    if (sqlstateOf(error) === undefined || !(error instanceof Error)) throw error
    const table = 'table' in error ? String(error.table) : ''
    const model = sets.find((set) => set.table.name === table)?.model.name ?? table
    throw withCause(referenceRefused(model, error.message, undefined), error)
  }
}

function explain(connection: Connection, error: unknown): unknown {
  if (isFailure(error) || !(error instanceof Error)) return error
  const isDenied = sqlstateOf(error) === sqlstate.insufficientPrivilege && !error.message.includes('row-level security')
  if (isDenied) return withCause(permissionDenied(connection.user ?? 'of the URL', error.message), error)
  return explainRefusal('reference data was written', error, { isWhole: true })
}
