import { readLedger } from '../../history/ledger.ts'
import { compareMigrationNames } from '../../history/read-history.ts'
import { connect, type Connection } from '../../postgres/connect.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import { quoteQualified } from '../../postgres/quote.ts'
import { rowSettings } from '../../postgres/row-settings.ts'
import { readTables } from '../../postgres/tables/read-tables.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { tableKey } from '../../seed/plan/table-key.ts'
import { databaseIdentity } from './database-identity.ts'
import { sourceRowsHidden, sourceTablesMissing } from './errors.ts'
import { explainingSource } from './explain-source.ts'

/** A database whose rows are read and never written: one session, one transaction, one snapshot. */
export interface Source extends AsyncDisposable {
  /** In a transaction that is READ ONLY and REPEATABLE READ, in which values have the same texts everywhere. */
  readonly connection: Connection
  readonly tables: readonly TableFacts[]
  /** See `databaseIdentity`. */
  readonly identity: string | undefined
  /** The migration that was applied last; undefined where it has no ledger. */
  readonly migration: string | undefined
}

/**
 * Opens the source: a primary or a standby, of which only SELECT is asked. Nobody can rewrite its tables until it is
 * closed, so a row stays where it is.
 * @throws FIXTURE_SOURCE_*, FIXTURE_STANDBY_CONFLICT, POSTGRES_*
 */
export async function openSource(url: DatabaseUrl): Promise<Source> {
  const connection = await connect(url, { applicationName: 'tide fixtures (reads only)' })
  const close = async (): Promise<void> => {
    // The server ends the transaction with the session. A ROLLBACK would wait for a COPY that nobody reads on.
    await connection.end().catch(() => undefined)
  }
  try {
    const read = await explainingSource('the source was opened', async () => {
      await connection.query('SET default_transaction_read_only = on')
      await connection.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${rowSettings}`)
      await connection.query(`SET LOCAL lock_timeout = '10s'; SET LOCAL work_mem = '64MB'`)
      const tables = await readTables(connection)
      const hidden = tables.filter(({ rowSecurity }) => rowSecurity).map(tableKey)
      if (hidden.length > 0) throw sourceRowsHidden(hidden)
      if (tables.length === 0) throw sourceTablesMissing(url.database)
      const names = tables.map(({ schema, name }) => quoteQualified(schema, name))
      await connection.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`)
      return {
        tables,
        identity: await databaseIdentity(connection),
        migration: await lastMigration(connection, url.schema),
      }
    })
    return { connection, ...read, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The last of those that count as applied, in the order of a history. */
export async function lastMigration(connection: Connection, schema: string): Promise<string | undefined> {
  const applied = (await readLedger(connection, schema))
    .filter(({ finishedAt, rolledBackAt }) => finishedAt !== undefined && rolledBackAt === undefined)
    .map(({ name }) => name)
  return applied.sort(compareMigrationNames).at(-1)
}
