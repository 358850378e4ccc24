import { quoteQualified } from '../../postgres/quote.ts'

/** The schema of archived rows. No catalog, drift or rollback counts what stands there. */
export const archiveSchema = 'tide_archive'

/** The table that says what was archived: one row for each table of the schema. */
export const registryTable = quoteQualified(archiveSchema, 'archives')

/** The setting of a session, `on` where a rollback goes on without the archive that it needs. */
export const acceptLossSetting = 'tide.accept_loss'

/** A table of the archive as SQL. */
export function archiveTable(name: string): string {
  return quoteQualified(archiveSchema, name)
}

/**
 * Makes the registry. `bytes` is the size of the source table when the migration ran; where it is more than
 * `limit_bytes`, the table of the archive is empty.
 */
export const createRegistry = `CREATE TABLE IF NOT EXISTS ${registryTable} (
    "archive" text PRIMARY KEY, "migration" text NOT NULL, "source" text NOT NULL,
    "bytes" bigint NOT NULL, "limit_bytes" bigint NOT NULL, "archived_at" timestamptz NOT NULL DEFAULT now()
  )`
