import { type LedgerRow, readLedger } from '../history/ledger.ts'
import type { Migration } from '../history/read-history.ts'
import { rehearseHistory, type SaltedRehearsals } from '../history/replay.ts'
import { type CatalogDifference, compareCatalogs } from '../postgres/catalog/compare-catalogs.ts'
import { withoutServersOwn } from '../postgres/catalog/of-the-server.ts'
import { readCatalog } from '../postgres/catalog/read-catalog.ts'
import { withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import type { Report } from './ports.ts'

/** Which database, and what it is compared with. */
export interface DriftOptions {
  readonly database: DatabaseUrl
  readonly history: readonly Migration[]
  /** Where the applied part of the history is replayed. */
  readonly rehearsals: SaltedRehearsals
  readonly report?: Report
}

/**
 * What the database has that its ledger does not explain: the catalog of a rehearsal of the applied migrations against
 * the database's own. Empty: no drift. `added` is in the database only, `removed` only in the rehearsal.
 * @throws POSTGRES_*, HISTORY_BROKEN, REHEARSAL_*
 */
export async function findDrift(options: DriftOptions): Promise<readonly CatalogDifference[]> {
  const { database, history, rehearsals, report } = options
  const [ledger, actual] = await withConnection(
    database,
    async (connection) => [await readLedger(connection, database.schema), await readCatalog(connection)] as const,
    { applicationName: 'tide status' },
  )
  const replayed = appliedIn(history, ledger)
  await using rehearsal = await rehearseHistory(rehearsals, replayed, report === undefined ? {} : { report })
  const expected = await withConnection(rehearsal.url, (connection) => readCatalog(connection))
  return compareCatalogs(withoutServersOwn(expected), withoutServersOwn(actual))
}

/** In the order of the history: that is the order in which every new database gets them. */
function appliedIn(history: readonly Migration[], ledger: readonly LedgerRow[]): readonly Migration[] {
  const applied = new Set(
    ledger.filter((row) => row.rolledBackAt === undefined && row.finishedAt !== undefined).map((row) => row.name),
  )
  return history.filter((migration) => applied.has(migration.name))
}
