import { type KeyRange, type KeyValue, rangeSql } from '../batch/key-range.ts'
import { transactionEnded } from '../errors.ts'
import { type Candidates, candidatesOf, endOfBatchSql } from '../step/candidates.ts'
import type { StepTarget } from '../step/read-target.ts'
import { type Claim, type ClaimedSlice, claimSlice, moveCursor } from '../store/slice-claim.ts'
import type { StepId } from '../store/step-record.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteLiteral } from '../../postgres/quote.ts'
import { rowSettings } from '../../postgres/row-settings.ts'
import type { ChangeBatch } from './change-batch.ts'
import { recordBatch, wasChangedBefore } from './changed-before.ts'
import type { LoadedStep } from '../step/load-step.ts'

/** What a batch is made from. */
export interface BatchJob {
  readonly id: StepId
  readonly step: LoadedStep
  readonly direction: 'up' | 'down'
  readonly target: StepTarget
  readonly change: ChangeBatch
  /** True where the way back leaves rows as they are: the way forth never changed them. */
  readonly hasUntouched?: boolean
  /** Makes ready what the first batch of a session would else wait for. */
  readonly prepare: (connection: Connection) => Promise<unknown>
}

/** How large and how long a batch may be. */
export interface BatchLimits {
  readonly size: number
  readonly lockTimeoutMs: number
  readonly statementTimeoutMs: number
  /** The slice worked on before. */
  readonly before: number | undefined
  /** The pace of the worker, in rows a second, for whoever watches. */
  readonly rate: number
  readonly now: () => number
}

/** What a batch did; `ms` is the length of its transaction. */
export interface BatchResult {
  readonly state: Claim['state']
  /** Undefined where no slice could be had. */
  readonly slice: number | undefined
  readonly visited: number
  readonly changed: number
  readonly ms: number
}

/** A batch that failed, and where: its slice and its rows are as they were. */
export interface FailedBatch {
  readonly error: unknown
  readonly slice: number | undefined
  /** The one row it was about, where it was about one. */
  readonly key: KeyValue | undefined
}

/**
 * One batch: a slice is claimed, the rows after its cursor are changed and the cursor is moved, in one transaction.
 * Whatever ends it, either all of that is in the database, or nothing.
 * A failure is given back with its place, after the transaction was taken back.
 */
export async function runBatch(
  connection: Connection,
  job: BatchJob,
  limits: BatchLimits,
): Promise<BatchResult | FailedBatch> {
  const startedAt = limits.now()
  let claimed: ClaimedSlice | undefined
  let key: KeyValue | undefined
  try {
    await connection.query(beginSql(limits))
    const claim = await claimSlice(connection, job.id, limits.before)
    claimed = claim.slice
    if (claimed === undefined) {
      await connection.query('COMMIT')
      return { state: claim.state, slice: undefined, visited: 0, changed: 0, ms: 0 }
    }
    const candidates = candidatesOf(job.step, job.target, { ...job, pass: claimed.pass })
    const end = await findEnd(connection, job, claimed, candidates, limits.size)
    if (end.visited === 1) key = end.range.to
    const batch = { range: end.range, candidates }
    const isUp = end.visited > 0 && job.direction === 'up'
    const isLater = isUp && claimed.pass > 1
    if (isLater && (await wasChangedBefore(connection, job.id, job.target, batch))) throw new StillFound()
    const changed = end.visited === 0 ? 0 : await job.change(connection, batch)
    if (isLater) await requireDone(connection, job, end.range)
    else if (isUp) await recordBatch(connection, job.id, end.range)
    const mark = { ...end, reached: end.range.to, changed, ms: limits.now() - startedAt, rate: limits.rate }
    if (!(await moveCursor(connection, job.id, claimed, mark))) throw transactionEnded(job.id.migration)
    await connection.query('COMMIT')
    return { state: 'running', slice: claimed.slice, visited: end.visited, changed, ms: limits.now() - startedAt }
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined)
    return { error, slice: claimed?.slice, key }
  }
}

/**
 * What a later pass changes must be done with it: a row that the check finds all the same was changed by the first pass
 * already, and must not be changed again.
 */
async function requireDone(connection: Connection, { step, target }: BatchJob, range: KeyRange): Promise<void> {
  const { rows } = await connection.query(
    `SELECT FROM (${step.check}\n) AS tide_found WHERE ${rangeSql(target.key, range, 'tide_found')} LIMIT 1`,
  )
  if (rows.length > 0) throw new StillFound()
}

/** A row was changed, and the check finds it as before. */
export class StillFound extends Error {
  constructor() {
    super('the check finds it still, changed as it is; this change of it was not kept')
  }
}

function beginSql({ lockTimeoutMs, statementTimeoutMs }: BatchLimits): string {
  return `BEGIN ISOLATION LEVEL READ COMMITTED; ${rowSettings}; SET LOCAL lock_timeout = ${lockTimeoutMs}; ` +
    `SET LOCAL statement_timeout = ${Math.round(statementTimeoutMs)}`
}

interface BatchEnd {
  readonly range: KeyRange
  readonly visited: number
  readonly isEnd: boolean
}

async function findEnd(
  connection: Connection,
  { target }: BatchJob,
  { rest }: ClaimedSlice,
  candidates: Candidates,
  size: number,
): Promise<BatchEnd> {
  const sql = endOfBatchSql(candidates, target.key, rest, size)
  const { rows } = await connection.query<{ key: KeyValue; rows: number }>(sql)
  const [last] = rows
  if (last === undefined) return { range: { from: rest.from, to: rest.to ?? rest.from }, visited: 0, isEnd: true }
  // Fewer than asked for: the slice ends with them. What comes in behind is found by the check.
  return { range: { from: rest.from, to: last.key }, visited: last.rows, isEnd: last.rows < size }
}

/** Which row is set aside, and why. */
interface SetAside {
  readonly key: KeyValue
  readonly sqlstate: string | undefined
  readonly reason: string
  /** True where it was changed before, and the check finds it all the same. */
  readonly isChanged: boolean
}

/**
 * Sets aside the one row that a batch could not change, and goes past it.
 * @returns how many are set aside by now; undefined where the slice is somebody else's, or the row is gone
 */
export async function quarantineRow(
  connection: Connection,
  job: BatchJob,
  limits: BatchLimits,
  why: SetAside,
): Promise<number | undefined> {
  const { id } = job
  try {
    await connection.query(beginSql(limits))
    const { slice } = await claimSlice(connection, id, limits.before)
    if (slice === undefined || slice.slice !== limits.before) return undefined
    const candidates = candidatesOf(job.step, job.target, { ...job, pass: slice.pass })
    const end = await findEnd(connection, job, slice, candidates, 1)
    if (end.range.to?.join('\0') !== why.key.join('\0')) return undefined
    await connection.query(
      `INSERT INTO tide.data_quarantine (ledger_schema, migration, key, pass, sqlstate, reason, changed)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (ledger_schema, migration, key) DO UPDATE SET pass = EXCLUDED.pass, sqlstate = EXCLUDED.sqlstate,
         reason = EXCLUDED.reason, at = now()`,
      [id.schema, id.migration, why.key, slice.pass, why.sqlstate ?? null, why.reason.replaceAll('\0', ''), why.isChanged],
    )
    const mark = { reached: end.range.to, isEnd: end.isEnd, visited: 1, changed: 0, ms: 0, rate: limits.rate }
    await moveCursor(connection, id, slice, mark)
    const { rows } = await connection.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM tide.data_quarantine
        WHERE ledger_schema = ${quoteLiteral(id.schema)} AND migration = ${quoteLiteral(id.migration)} AND pass > 0`,
    )
    await connection.query('COMMIT')
    return rows[0]?.count ?? 0
  } finally {
    // After COMMIT it does nothing but warn.
    await connection.query('ROLLBACK').catch(() => undefined)
  }
}
