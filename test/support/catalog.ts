import type { Catalog } from '../../src/postgres/catalog/catalog.ts'
import { compareCatalogs } from '../../src/postgres/catalog/compare-catalogs.ts'
import { describeDifference } from '../../src/postgres/catalog/describe-difference.ts'
import { readCatalog } from '../../src/postgres/catalog/read-catalog.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { createTestDatabase } from './database.ts'

/** The catalog of a new database in which a script has run. */
export async function catalogAfter(script: string): Promise<Catalog> {
  return withConnection(await createTestDatabase(), async (connection) => {
    await connection.query(script)
    return readCatalog(connection)
  })
}

/** What a change does to the catalog, one line for each difference. The change may be many statements. */
export async function differencesMadeBy(setup: string, change: string): Promise<readonly string[]> {
  return withConnection(await createTestDatabase(), async (connection) => {
    await connection.query(setup)
    const before = await readCatalog(connection)
    await connection.query(change)
    return compareCatalogs(before, await readCatalog(connection)).map(describeDifference)
  })
}
