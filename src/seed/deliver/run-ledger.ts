import type { Connection } from '../../postgres/connect.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { lockRecords } from '../lock-records.ts'
import type { MovedRows } from '../plan/seed-plan.ts'

/** What the database says of a run and its tables. */
export interface RecordedRun {
  /** The moment that counted as now when the run began. */
  readonly now: number
  /** By `schema.table`. */
  readonly tables: ReadonlyMap<string, RecordedTable>
  /** Those among them that another run filled with the same rows as this would. */
  readonly adopted: readonly string[]
}

/** A table that a run has filled. */
export interface RecordedTable {
  readonly rows: number
  /** What was added to numbered keys. */
  readonly offset: number
  /** Its rows that count as other ones. */
  readonly moved: MovedRows
}

/** Makes the tables of the record where they are not there: a role may be allowed to write to them and no more. */
export async function ensureSeedLedger(connection: Connection): Promise<void> {
  if (await isWhole(connection)) return
  await inTransaction(connection, () => ensureSeedLedgerWithin(connection))
}

/** The same in a transaction that is open. */
export async function ensureSeedLedgerWithin(connection: Connection): Promise<void> {
  if (await isWhole(connection)) return
  await lockRecords(connection)
  if (!(await isWhole(connection))) await connection.query(createLedger)
}

/** Also the column that came last is there. */
async function isWhole(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('tide.seed_table') AND attname = 'moved') AS found`,
  )
  return rows[0]?.found === true
}

const createLedger = `
  CREATE SCHEMA IF NOT EXISTS tide;
  CREATE TABLE IF NOT EXISTS tide.seed_run (
    id text PRIMARY KEY,
    seed text NOT NULL,
    now_ms int8 NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  );
  CREATE TABLE IF NOT EXISTS tide.seed_table (
    run text NOT NULL REFERENCES tide.seed_run ON DELETE CASCADE,
    table_name text NOT NULL,
    rows int8 NOT NULL,
    first_number int8 NOT NULL,
    filled_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run, table_name)
  );
  ALTER TABLE tide.seed_table ADD COLUMN IF NOT EXISTS identity text;
  ALTER TABLE tide.seed_table ADD COLUMN IF NOT EXISTS moved jsonb`

async function exists(connection: Connection, table: string): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>(`SELECT to_regclass('${table}') IS NOT NULL AS found`)
  return rows[0]?.found === true
}

/**
 * The record of a run, with what other runs did for it; undefined where the database has none.
 * @param identities by table, what its rows follow from: a table that another run filled with them counts as done
 */
export async function readRun(
  connection: Connection,
  id: string,
  identities: ReadonlyMap<string, string> = new Map(),
): Promise<RecordedRun | undefined> {
  const [run] = await ask<{ now: string }>(connection, 'SELECT now_ms AS now FROM tide.seed_run WHERE id = $1', [id])
  const all = await ask<FilledRow>(
    connection,
    `SELECT t.table_name AS name, t.rows, t.first_number AS offset, t.run = $1 AS "isOwn", r.now_ms AS now,
       to_jsonb(t) ->> 'identity' AS identity, to_jsonb(t) -> 'moved' AS moved
     FROM tide.seed_table t JOIN tide.seed_run r ON r.id = t.run`,
    [id],
  )
  const own = all.filter(({ isOwn }) => isOwn)
  const isSame = ({ name, isOwn, identity }: FilledRow): boolean =>
    !isOwn && identity !== null && identities.get(name) === identity
  const same = all.filter(isSame)
  // One that has filled nothing yet is of no moment: it takes that of the rows that others made for it.
  const isBegun = run !== undefined && (own.length > 0 || same.length === 0)
  const now = isBegun ? Number(run.now) : Math.max(...same.map((row) => Number(row.now)))
  // Where the clock rolls, rows as of another moment are other rows.
  const adopted = same.filter((row) => Number(row.now) === now)
  if (run === undefined && adopted.length === 0) return undefined
  const describe = ({ rows, offset, moved }: FilledRow): RecordedTable => ({
    rows: Number(rows),
    offset: Number(offset),
    moved: new Map((moved ?? []).map(([owner, numbers]) => [owner, new Map(numbers)])),
  })
  return {
    now,
    tables: new Map([...own, ...adopted].map((row) => [row.name, describe(row)])),
    adopted: adopted.map(({ name }) => name),
  }
}

interface FilledRow {
  readonly name: string
  readonly rows: string
  readonly offset: string
  readonly isOwn: boolean
  readonly now: string
  readonly identity: string | null
  readonly moved: readonly (readonly [string, readonly (readonly [number, number])[]])[] | null
}

/** Tables that a run has filled, and that nobody emptied with `--truncate` since. */
export async function tablesOfRun(connection: Connection, id: string): Promise<ReadonlySet<string>> {
  const rows = await ask<{ name: string }>(
    connection,
    'SELECT table_name AS name FROM tide.seed_table WHERE run = $1',
    [id],
  )
  return new Set(rows.map(({ name }) => name))
}

/** Tables that other runs than this have filled. */
export async function tablesOfOtherRuns(connection: Connection, id: string): Promise<ReadonlySet<string>> {
  const rows = await ask<{ name: string }>(
    connection,
    'SELECT DISTINCT table_name AS name FROM tide.seed_table WHERE run <> $1',
    [id],
  )
  return new Set(rows.map(({ name }) => name))
}

/** Records that a run has begun, or begins again, and that tables which others filled for it are its own. */
export async function startRun(
  connection: Connection,
  run: { readonly id: string; readonly seed: string; readonly now: number; readonly adopted?: readonly string[] },
): Promise<void> {
  await connection.query(
    `INSERT INTO tide.seed_run (id, seed, now_ms) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET now_ms = excluded.now_ms, finished_at = NULL`,
    [run.id, run.seed, run.now],
  )
  if (run.adopted === undefined || run.adopted.length === 0) return
  await connection.query('UPDATE tide.seed_table SET run = $1 WHERE table_name = ANY ($2)', [run.id, run.adopted])
}

/** Part of the transaction that fills the table; what other runs said of it is no longer true. */
export async function recordTable(
  connection: Connection,
  run: string,
  table: string,
  { rows, offset, moved, identity }: RecordedTable & { readonly identity?: string | undefined },
): Promise<void> {
  await connection.query('DELETE FROM tide.seed_table WHERE table_name = $1', [table])
  await connection.query(
    `INSERT INTO tide.seed_table (run, table_name, rows, first_number, identity, moved)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [run, table, rows, offset, identity ?? null, moved.size === 0 ? null : JSON.stringify(listsOf(moved))],
  )
}

function listsOf(moved: MovedRows): NonNullable<FilledRow['moved']> {
  return [...moved].map(([owner, numbers]) => [owner, [...numbers]])
}

/** Records that all tables are done. */
export async function finishRun(connection: Connection, id: string): Promise<void> {
  await connection.query('UPDATE tide.seed_run SET finished_at = now() WHERE id = $1', [id])
}

/** No rows where the record was never made. Asked before: in a transaction, an error would end it. */
async function ask<Row extends object>(
  connection: Connection,
  sql: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  return (await exists(connection, 'tide.seed_table')) ? (await connection.query<Row>(sql, [...values])).rows : []
}
