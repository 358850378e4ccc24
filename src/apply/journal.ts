import { createHash } from 'node:crypto'
import type { Connection } from '../postgres/connect.ts'
import { relationSql } from '../postgres/statements/relation-name.ts'
import type { Statement } from '../postgres/statements/statement.ts'
import { quoteLiteral } from '../postgres/quote.ts'

/** How far a migration of several commit groups has come that is not finished. A finished one has no row. */
export interface JournalRow {
  readonly migration: string
  readonly direction: 'up' | 'down'
  /** The ledger row that was started for it; null for a rollback. */
  readonly ledgerId: string | null
  /** Hashes of the statements that are committed, in order. */
  readonly done: readonly string[]
  /** The hash of a statement outside a transaction that was begun, whose end nobody saw. */
  readonly begun: string | null
  /** For a new index without a name: the indexes that its table had before. */
  readonly knownIndexes: readonly string[] | null
}

const table = 'tide.journal'

/** The journal's rows of one ledger. None where the table is missing. */
export async function readJournal(connection: Connection, schema: string): Promise<readonly JournalRow[]> {
  const { rows: found } = await connection.query<{ found: boolean }>(
    `SELECT to_regclass('${table}') IS NOT NULL AS found`,
  )
  if (found[0]?.found !== true) return []
  const { rows } = await connection.query<JournalRow>(
    `SELECT migration, direction, ledger_id AS "ledgerId", done, begun, known_indexes::text[] AS "knownIndexes"
       FROM ${table} WHERE ledger_schema = $1 ORDER BY migration`,
    [schema],
  )
  return rows
}

/** Creates the journal; a database whose migrations are all of one commit group never gets it. */
export const createJournalSql: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS tide',
  `CREATE TABLE IF NOT EXISTS ${table} (
    ledger_schema text NOT NULL,
    migration text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('up', 'down')),
    ledger_id text,
    done text[] NOT NULL DEFAULT '{}',
    begun text,
    known_indexes oid[],
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (ledger_schema, migration)
  )`,
]

/** What is written down at a point of a migration. */
export interface JournalEntry {
  readonly schema: string
  readonly migration: string
  readonly direction: 'up' | 'down'
  readonly ledgerId: string | null
  readonly done: readonly Statement[]
  /** The statement outside a transaction that is sent next. */
  readonly next: Statement | undefined
}

/** Writes the point reached, in the transaction of the commit group that reached it. */
export function journalSql(entry: JournalEntry): string {
  const values = [
    quoteLiteral(entry.schema),
    quoteLiteral(entry.migration),
    quoteLiteral(entry.direction),
    entry.ledgerId === null ? 'NULL' : quoteLiteral(entry.ledgerId),
    `ARRAY[${entry.done.map((statement) => quoteLiteral(hashStatement(statement))).join(', ')}]::text[]`,
    entry.next === undefined ? 'NULL' : quoteLiteral(hashStatement(entry.next)),
    knownIndexesSql(entry.next),
  ]
  return `INSERT INTO ${table} (ledger_schema, migration, direction, ledger_id, done, begun, known_indexes)
    VALUES (${values.join(', ')})
    ON CONFLICT (ledger_schema, migration) DO UPDATE SET direction = EXCLUDED.direction, ledger_id = EXCLUDED.ledger_id,
      done = EXCLUDED.done, begun = EXCLUDED.begun, known_indexes = EXCLUDED.known_indexes, updated_at = now()`
}

/** The migration is finished, or nothing of it is left. */
export function forgetSql(schema: string, migration: string): string {
  return `DELETE FROM ${table} WHERE ledger_schema = ${quoteLiteral(schema)} AND migration = ${quoteLiteral(migration)}`
}

/** The same for two statements with the same text: comments around a statement may change, its text may not. */
export function hashStatement({ text }: Statement): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex').slice(0, 16)
}

function knownIndexesSql(next: Statement | undefined): string {
  if (next === undefined || !('IndexStmt' in next.node) || next.node.IndexStmt.idxname !== undefined) return 'NULL'
  const name = quoteLiteral(relationSql(next.node.IndexStmt.relation))
  return `(SELECT COALESCE(array_agg(indexrelid), '{}') FROM pg_catalog.pg_index WHERE indrelid = to_regclass(${name}))`
}
