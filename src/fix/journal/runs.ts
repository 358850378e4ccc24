import type { Connection } from '../../postgres/connect.ts'
import type { RowCounts } from '../rows/row-image.ts'
import type { TableShape } from '../rows/table-shape.ts'
import { hasFixTables, runsTable } from './fix-tables.ts'

/** A table that a run touched, as it was then, and how many of its rows. */
export interface RunTable extends Omit<TableShape, 'keyOperators'>, RowCounts {}

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
}

/** An applied run. */
export interface FixRunRecord extends RunHead {
  /** A whole number as text. */
  readonly id: string
  /** The role that was connected. */
  readonly role: string
  /** ISO 8601 in UTC. */
  readonly appliedAt: string
  readonly tables: readonly RunTable[]
  readonly ms: number
}

/** Begins the record of a run, in its transaction. Gives its number. */
export async function insertRun(work: Connection, head: RunHead): Promise<string> {
  const { rows } = await work.query<{ id: string }>(
    `INSERT INTO ${runsTable} (fix, description, script_hash, undoes, applied_by) VALUES ($1, $2, $3, $4, $5)
      RETURNING id::text AS id`,
    [head.fix, head.description, head.scriptHash, head.undoes, head.appliedBy],
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

/** All applied runs of a database, the first one first; none where no fix was ever applied. */
export async function readRuns(connection: Connection): Promise<readonly FixRunRecord[]> {
  if (!(await hasFixTables(connection))) return []
  const { rows } = await connection.query<FixRunRecord>(
    `SELECT id::text AS id, fix, description, script_hash AS "scriptHash", undoes::text AS undoes,
        applied_by AS "appliedBy", role, tables, ms,
        to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "appliedAt"
      FROM ${runsTable} r ORDER BY r.id`,
  )
  return rows
}

/** The run that undid this one, and is not undone itself; undefined where what it did is still in the rows. */
export function undoneBy(id: string, runs: readonly FixRunRecord[]): string | undefined {
  return runs.findLast((run) => run.undoes === id && undoneBy(run.id, runs) === undefined)?.id
}

/** The run that somebody means: by its number, or by the name of a fix, whose last one that is not undone counts. */
export function findRun(given: string, runs: readonly FixRunRecord[]): FixRunRecord | undefined {
  const numbered = runs.find(({ id }) => id === given)
  if (numbered !== undefined) return numbered
  const named = runs.filter(({ fix, undoes }) => fix === given && undoes === null)
  return named.findLast(({ id }) => undoneBy(id, runs) === undefined) ?? named.at(-1)
}
