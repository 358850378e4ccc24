import type { Connection } from '../../postgres/connect.ts'
import type { RowCounts } from '../rows/row-image.ts'
import type { TableShape } from '../rows/table-shape.ts'
import { hasFixTables, runsTable } from './fix-tables.ts'
import type { RunProgress } from './run-progress.ts'

/** A table that a run touched, as it was then, and how many of its rows. */
export interface RunTable extends Omit<TableShape, 'keyCollations' | 'keyOperators'>, RowCounts {}

/** What is kept of a table. */
export function runTable({ schema, name, columns, key }: TableShape, counts: RowCounts): RunTable {
  return { schema, name, columns, key, ...counts }
}

/** What is known of a run before it begins. */
export interface RunHead {
  /** The name of the fix. */
  readonly fix: string
  readonly description: string
  /** SHA-256 of the script's file, as hex: of the fix's, where it is an undo. */
  readonly scriptHash: string
  /** The run that it takes back. */
  readonly undoes: string | null
  /** Who ran it, as his machine calls him. */
  readonly appliedBy: string | null
  /** The run in batches that it is a batch of. */
  readonly batchOf?: string | null
}

/** An applied run: of one transaction, in batches, or one batch. */
export interface FixRunRecord extends RunHead {
  /** A whole number as text. */
  readonly id: string
  readonly batchOf: string | null
  /** How far a run in batches has come; null for any other. */
  readonly progress: RunProgress | null
  /** The role that was connected. */
  readonly role: string
  /** ISO 8601 in UTC. */
  readonly appliedAt: string
  /** Of a run in batches none: its batches have them. */
  readonly tables: readonly RunTable[]
  readonly ms: number
}

/** Begins the record of a run, in its transaction. Gives its number. */
export async function insertRun(work: Connection, head: RunHead, progress?: RunProgress): Promise<string> {
  const given: readonly (readonly [string, unknown])[] = [
    ['fix', head.fix],
    ['description', head.description],
    ['script_hash', head.scriptHash],
    ['undoes', head.undoes],
    ['applied_by', head.appliedBy],
    // Columns that a journal which was made by an older version may lack.
    ...(typeof head.batchOf === 'string' ? [['batch_of', head.batchOf] as const] : []),
    ...(progress === undefined ? [] : [['progress', JSON.stringify(progress)] as const]),
  ]
  const { rows } = await work.query<{ id: string }>(
    `INSERT INTO ${runsTable} (${given.map(([name]) => name).join(', ')})
      VALUES (${given.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING id::text AS id`,
    given.map(([, value]) => value),
  )
  return rows[0]?.id ?? ''
}

/** Completes the record. */
export async function finishRun(work: Connection, id: string, tables: readonly RunTable[], ms: number): Promise<void> {
  await work.query(`UPDATE ${runsTable} SET tables = $2, ms = $3 WHERE id = $1`, [
    id,
    JSON.stringify(tables),
    Math.round(ms),
  ])
}

/** All applied runs of a database and their batches, the first one first; none where no fix was ever applied. */
export async function readRuns(connection: Connection): Promise<readonly FixRunRecord[]> {
  if (!(await hasFixTables(connection))) return []
  const { rows } = await connection.query<FixRunRecord>(`${recordSql} ORDER BY r.id`)
  return rows
}

/** A run and what has undone it, what has undone that, and so on: enough to know whether it counts. */
export async function readRunWithUndos(connection: Connection, id: string): Promise<readonly FixRunRecord[]> {
  const { rows } = await connection.query<FixRunRecord>(
    `WITH RECURSIVE own AS (SELECT ${runsTable}.id FROM ${runsTable} WHERE id = $1
        UNION SELECT u.id FROM ${runsTable} u JOIN own ON u.undoes = own.id)
      ${recordSql} WHERE r.id IN (SELECT own.id FROM own) ORDER BY r.id`,
    [id],
  )
  return rows
}

// Through the row as JSON: a journal that was made by an older version has no such columns.
const recordSql = `SELECT id::text AS id, fix, description, script_hash AS "scriptHash", undoes::text AS undoes,
    applied_by AS "appliedBy", role, tables, coalesce(ms, 0) AS ms, to_jsonb(r) ->> 'batch_of' AS "batchOf",
    nullif(to_jsonb(r) -> 'progress', 'null') AS progress,
    to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "appliedAt"
  FROM ${runsTable} r`

/** The run that undid this one, and is not undone itself; undefined where what it did is still in the rows. */
export function undoneBy(id: string, runs: readonly FixRunRecord[]): string | undefined {
  return runs.findLast((run) => run.undoes === id && isFinished(run) && undoneBy(run.id, runs) === undefined)?.id
}

/** False for a run in batches that was stopped before its last one. */
export function isFinished({ progress }: Pick<FixRunRecord, 'progress'>): boolean {
  return progress === null || progress.done
}

/** The batches of a run whose changes are still in the rows, the first one first. */
export function standingBatches(id: string, runs: readonly FixRunRecord[]): readonly FixRunRecord[] {
  return runs.filter((run) => run.batchOf === id && undoneBy(run.id, runs) === undefined)
}

/** The run that somebody means: by its number, or by the name of a fix, whose last one that is not undone counts. */
export function findRun(given: string, runs: readonly FixRunRecord[]): FixRunRecord | undefined {
  const whole = runs.filter(({ batchOf }) => batchOf === null)
  const numbered = whole.find(({ id }) => id === given)
  if (numbered !== undefined) return numbered
  const named = whole.filter(({ fix, undoes }) => fix === given && undoes === null)
  return named.findLast(({ id }) => undoneBy(id, runs) === undefined) ?? named.at(-1)
}
