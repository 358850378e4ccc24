import type { Connection } from '../../postgres/connect.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'

/** What the database says of a run and its tables. */
export interface RecordedRun {
  /** The moment that counted as now when the run began. */
  readonly now: number
  /** By `schema.table`. */
  readonly tables: ReadonlyMap<string, RecordedTable>
}

/** A table that a run has filled. */
export interface RecordedTable {
  readonly rows: number
  /** What was added to numbered keys. */
  readonly offset: number
}

/** Makes the tables of the record where they are not there: a role may be allowed to write to them and no more. */
export async function ensureSeedLedger(connection: Connection): Promise<void> {
  if (await exists(connection, 'tide.seed_table')) return
  await inTransaction(connection, async () => {
    await connection.query(`SELECT pg_advisory_xact_lock(${ledgerLock})`)
    if (!(await exists(connection, 'tide.seed_table'))) await connection.query(createLedger)
  })
}

/** Two runs at once would each create what the other has not committed yet. */
const ledgerLock = 72707372

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
  )`

async function exists(connection: Connection, table: string): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>(`SELECT to_regclass('${table}') IS NOT NULL AS found`)
  return rows[0]?.found === true
}

/** The record of a run; undefined where the database has none. */
export async function readRun(connection: Connection, id: string): Promise<RecordedRun | undefined> {
  const runs = await ask<{ now: string }>(connection, 'SELECT now_ms AS now FROM tide.seed_run WHERE id = $1', [id])
  const [run] = runs
  if (run === undefined) return undefined
  const tables = await ask<{ name: string; rows: string; offset: string }>(
    connection,
    'SELECT table_name AS name, rows, first_number AS offset FROM tide.seed_table WHERE run = $1',
    [id],
  )
  return {
    now: Number(run.now),
    tables: new Map(tables.map(({ name, rows, offset }) => [name, { rows: Number(rows), offset: Number(offset) }])),
  }
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

/** Records that a run has begun, or begins again. */
export async function startRun(
  connection: Connection,
  run: { readonly id: string; readonly seed: string; readonly now: number },
): Promise<void> {
  await connection.query(
    `INSERT INTO tide.seed_run (id, seed, now_ms) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET now_ms = excluded.now_ms, finished_at = NULL`,
    [run.id, run.seed, run.now],
  )
}

/** Part of the transaction that fills the table; what other runs said of it is no longer true. */
export async function recordTable(
  connection: Connection,
  run: string,
  table: string,
  { rows, offset }: RecordedTable,
): Promise<void> {
  await connection.query('DELETE FROM tide.seed_table WHERE table_name = $1', [table])
  await connection.query('INSERT INTO tide.seed_table (run, table_name, rows, first_number) VALUES ($1, $2, $3, $4)', [
    run,
    table,
    rows,
    offset,
  ])
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
