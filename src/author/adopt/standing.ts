import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { type Identity, readIdentities } from '../../postgres/catalog/identities.ts'
import { readCatalog } from '../../postgres/catalog/read-catalog.ts'
import type { Connection } from '../../postgres/connect.ts'

/** Where a database stands; read at most once per step, and only where somebody asks. */
export interface StandingPlace {
  catalog(): Promise<Catalog>
  identities(): Promise<readonly Identity[]>
  /** The database has changed. */
  move(): void
}

/** What is known of a rehearsal where it stands; read again only after it moved. */
export function createStanding(connection: Connection): StandingPlace {
  let catalog: Promise<Catalog> | undefined
  let identities: Promise<readonly Identity[]> | undefined
  return {
    catalog: () => (catalog ??= readCatalog(connection, { again: true })),
    identities: () => (identities ??= readIdentities(connection)),
    move: () => {
      catalog = undefined
      identities = undefined
    },
  }
}
