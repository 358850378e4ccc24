import { quoteIdentifier, quoteLiteral, quoteQualified } from '../postgres/quote.ts'

/** A migration whose ledger row is to be started. */
export interface LedgerStart {
  /** A UUID as text, made by the caller. */
  readonly id: string
  readonly name: string
  readonly checksum: string
}

/** The ledger's table as SQL. `schema` is the `?schema=` of the database's URL, here and below. */
export function ledgerTable(schema: string): string {
  return quoteQualified(schema, '_prisma_migrations')
}

/** Creates the ledger as Prisma does. Its schema only where it is missing: creating one needs a right of its own. */
export function createLedgerSql(schema: string): string {
  return `DO $tide$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ${quoteLiteral(schema)}) THEN
    EXECUTE ${quoteLiteral(`CREATE SCHEMA ${quoteIdentifier(schema)}`)};
  END IF;
END $tide$;
CREATE TABLE IF NOT EXISTS ${ledgerTable(schema)} (
    "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"            VARCHAR(64) NOT NULL,
    "finished_at"         TIMESTAMPTZ,
    "migration_name"      VARCHAR(255) NOT NULL,
    "logs"                TEXT,
    "rolled_back_at"      TIMESTAMPTZ,
    "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
);
`
}

/** The row that stands before the script runs. */
export function startedSql(start: LedgerStart, schema: string): string {
  const values = [start.id, start.checksum, start.name].map(quoteLiteral).join(', ')
  return `INSERT INTO ${ledgerTable(schema)} ("id", "checksum", "migration_name", "started_at") VALUES (${values}, ${now});\n`
}

/** The row of a script that ran to its end in this same transaction: it began with the transaction. */
export function appliedSql(start: LedgerStart, schema: string): string {
  const columns = '"id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count"'
  const values = [start.id, start.checksum, start.name].map(quoteLiteral).join(', ')
  return `INSERT INTO ${ledgerTable(schema)} (${columns}) VALUES (${values}, pg_catalog.now(), ${now}, 1);\n`
}

/** The script ran to its end. */
export function finishedSql(id: string, schema: string): string {
  return updateSql(schema, `"applied_steps_count" = "applied_steps_count" + 1, "finished_at" = ${now}`, `"id" = ${quoteLiteral(id)}`)
}

/** The script failed: the row stays unfinished, which stops every `up` and `migrate deploy` until it is resolved. */
export function failedSql(id: string, logs: string, schema: string): string {
  // PostgreSQL stores no NUL character in a text.
  return updateSql(schema, `"logs" = ${quoteLiteral(logs.replaceAll('\0', ''))}`, `"id" = ${quoteLiteral(id)}`)
}

/** The migration counts as unapplied from now on: every row of that name that did not so far. */
export function rolledBackSql(name: string, schema: string): string {
  return updateSql(schema, `"rolled_back_at" = ${now}`, `"migration_name" = ${quoteLiteral(name)} AND "rolled_back_at" IS NULL`)
}

function updateSql(schema: string, set: string, where: string): string {
  return `UPDATE ${ledgerTable(schema)} SET ${set} WHERE ${where};\n`
}

/** Not `now()`, which stands still in a transaction: start and end would be the same, and the order lost. */
const now = 'pg_catalog.clock_timestamp()'
