import type { Connection } from '../../postgres/connect.ts'

/** The advisory lock of a transaction that makes the tables, or begins a step: one at a time. */
export const storeLock = 72_707_370

/** The tables in which data steps and their progress are kept. Made where they are missing. */
export async function createStore(connection: Connection): Promise<void> {
  if (await isStoreComplete(connection)) return
  await connection.query(`BEGIN; SELECT pg_advisory_xact_lock(${storeLock});\n${createSql.join(';\n')}; COMMIT`)
}

/** Where no data step ever ran there is none. */
export async function hasStore(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>(
    "SELECT to_regclass('tide.data_quarantine') IS NOT NULL AS found",
  )
  return rows[0]?.found === true
}

/** By what came last: where an earlier version of Tide made the others, it is added. */
async function isStoreComplete(connection: Connection): Promise<boolean> {
  const { rowCount } = await connection.query(
    `SELECT FROM pg_attribute WHERE attrelid = to_regclass('tide.data_quarantine') AND attname = 'changed' AND NOT attisdropped`,
  )
  return rowCount === 1
}

const createSql: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS tide',
  // One row for each data step that ever began here. `ledger_id` is the row of Prisma's ledger that it belongs to: a
  // migration that was rolled back and applied anew has another one, and owes its data step again.
  `CREATE TABLE IF NOT EXISTS tide.data_step (
    ledger_schema text NOT NULL,
    migration text NOT NULL,
    ledger_id text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('up', 'down')),
    state text NOT NULL CHECK (state IN ('running', 'paused', 'cancelled', 'failed', 'done')),
    hash text NOT NULL,
    description text,
    table_name text,
    key_columns text[] NOT NULL DEFAULT '{}',
    pass int NOT NULL DEFAULT 1,
    total bigint NOT NULL DEFAULT 0,
    left_over bigint,
    reason text,
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    PRIMARY KEY (ledger_schema, migration)
  )`,
  // A part of the key space with its own cursor. A worker holds the row's lock as long as its batch lasts.
  `CREATE TABLE IF NOT EXISTS tide.data_slice (
    ledger_schema text NOT NULL,
    migration text NOT NULL,
    slice int NOT NULL,
    pass int NOT NULL,
    from_key text[],
    to_key text[],
    cursor text[],
    done boolean NOT NULL DEFAULT false,
    visited bigint NOT NULL DEFAULT 0,
    changed bigint NOT NULL DEFAULT 0,
    batches bigint NOT NULL DEFAULT 0,
    longest_ms real NOT NULL DEFAULT 0,
    rate real NOT NULL DEFAULT 0,
    worked_at timestamptz,
    PRIMARY KEY (ledger_schema, migration, slice),
    FOREIGN KEY (ledger_schema, migration) REFERENCES tide.data_step ON DELETE CASCADE
  ) WITH (fillfactor = 40)`,
  // The batches of a first pass, until the step is done: by them a row is known that was changed, and is found again.
  `CREATE TABLE IF NOT EXISTS tide.data_batch (
    ledger_schema text NOT NULL,
    migration text NOT NULL,
    transaction xid NOT NULL,
    from_key text[],
    to_key text[],
    FOREIGN KEY (ledger_schema, migration) REFERENCES tide.data_step ON DELETE CASCADE
  )`,
  // What columns held before a step changed them, where its way back is recorded.
  `CREATE TABLE IF NOT EXISTS tide.data_undo (
    ledger_schema text NOT NULL,
    migration text NOT NULL,
    key text[] NOT NULL,
    columns text[] NOT NULL,
    before text[] NOT NULL,
    PRIMARY KEY (ledger_schema, migration, key),
    FOREIGN KEY (ledger_schema, migration) REFERENCES tide.data_step ON DELETE CASCADE
  )`,
  // Rows that were set aside. Those of pass 0 the way forth never changed: the way back leaves them as they are.
  `CREATE TABLE IF NOT EXISTS tide.data_quarantine (
    ledger_schema text NOT NULL,
    migration text NOT NULL,
    key text[] NOT NULL,
    pass int NOT NULL,
    sqlstate text,
    reason text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (ledger_schema, migration, key),
    FOREIGN KEY (ledger_schema, migration) REFERENCES tide.data_step ON DELETE CASCADE
  )`,
  // True of a row that the first pass changed, and that the check finds all the same.
  'ALTER TABLE tide.data_quarantine ADD COLUMN IF NOT EXISTS changed boolean NOT NULL DEFAULT false',
]
