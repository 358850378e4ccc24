import type { Catalog } from '../../postgres/catalog/catalog.ts'
import type { CatalogDifference } from '../../postgres/catalog/compare-catalogs.ts'
import type { Identity } from '../../postgres/catalog/identities.ts'
import type { StructureFacts } from '../../postgres/catalog/structure-facts.ts'
import type { Connection } from '../../postgres/connect.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import type { Statement } from '../../postgres/statements/statement.ts'

/** What the author of a migration knows of its way back and no catalog can tell. */
export interface RollbackHints {
  /** Run first, in this order; without closing semicolons. */
  readonly statements: readonly string[]
  /** Why they do not bring everything back. */
  readonly incomplete: readonly string[]
  /** Tables (`schema.table`) and columns (`schema.table.column`, as people say them) whose rows they do bring back. */
  readonly keeps?: readonly string[]
}

/** A rehearsal, of which a rollback needs only where it is and how it is thrown away. */
export interface Standing {
  readonly url: DatabaseUrl
  /** A session in it that has read catalogs before, which costs half; whoever gave it closes it. */
  readonly connection?: Connection
  drop(): Promise<void>
}

/** A session in an open transaction, in a database in which everything must be taken back. */
export interface StandingPlace {
  readonly connection: Connection
  readonly url: DatabaseUrl
  /** As the transaction found them. */
  readonly identities: readonly Identity[]
  /** As the transaction found it. */
  readonly catalog: Catalog
}

/** A database as it was before a script ran in it. */
export interface Standpoint {
  readonly catalog: Catalog
  readonly identities: readonly Identity[]
  /** Read only where the way back needs the second reader. */
  readonly facts: () => Promise<StructureFacts>
}

/** Where the migration began, and the script that led away from there. */
export interface RollbackInput {
  readonly before: Standpoint
  /** The script that led away from there. */
  readonly up: readonly Statement[]
  /** The schema in which the script's unqualified names live. */
  readonly schema: string
  readonly hints?: RollbackHints
}

/** A way back, tried. */
export interface PlannedRollback {
  /** Without closing semicolons. */
  readonly statements: readonly string[]
  /** Why it does not bring everything back; empty: it does. */
  readonly incomplete: readonly string[]
  /** True where it ran in the rehearsal and the catalog is the same as before. */
  readonly isBack: boolean
  /** What is not as it was after it has run; empty also where it did not run. */
  readonly differences: readonly CatalogDifference[]
}
