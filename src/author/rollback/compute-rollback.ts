import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { type CatalogDifference, compareCatalogs } from '../../postgres/catalog/compare-catalogs.ts'
import { describeDifference } from '../../postgres/catalog/describe-difference.ts'
import { readIdentities } from '../../postgres/catalog/identities.ts'
import { readCatalog } from '../../postgres/catalog/read-catalog.ts'
import { type Connection, withConnection } from '../../postgres/connect.ts'
import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import { runScript } from '../../postgres/statements/run-script.ts'
import { cachedCatalog, cachedFacts, type TextCache } from './cached-standpoint.ts'
import { planRollback } from './plan-rollback.ts'
import { renderRollback } from './render-rollback.ts'
import type { PlannedRollback, RollbackHints, Standing, Standpoint } from './rollback.ts'

/** What a rollback is computed from. */
export interface ComputeRollbackInput {
  /** A fresh rehearsal standing where the migration begins. Called once, and again only where the cache is cold. */
  readonly start: () => Promise<Standing>
  /** The migration's name stands in the head of its rollback. */
  readonly up: { readonly sql: string; readonly file: string; readonly migration: string }
  /** Holds what is read of the beginning, under the key of the history's prefix. */
  readonly cache?: { readonly texts: TextCache; readonly key: string }
  readonly hints?: RollbackHints
}

/** A rollback, and what is known of how well it works. */
export interface Rollback {
  /** The whole text of `down.sql`. */
  readonly sql: string
  /** Why it does not bring everything back, as written in its head; empty: it does. */
  readonly incomplete: readonly string[]
  /** True where up, down and up again led to the same catalogs, in a rehearsal. */
  readonly verified: boolean
  /** What is not as it was after up and down. */
  readonly differences: readonly CatalogDifference[]
  readonly catalogBefore: Catalog
  readonly catalogAfter: Catalog
}

/**
 * Writes the rollback of a migration and tries both: up, down, up again, with the catalogs compared.
 * @throws STATEMENT_SYNTAX, STATEMENT_FAILED where the migration itself does not run
 */
export async function computeRollback(input: ComputeRollbackInput): Promise<Rollback> {
  const [rehearsal, statements] = await Promise.all([input.start(), parseStatements(input.up.sql, input.up.file)])
  try {
    return await withConnection(rehearsal.url, async (connection) => {
      const before = await standpoint(connection, input)
      await runScript(connection, input.up.sql, input.up.file)
      const catalogAfter = await readCatalog(connection, { again: true })
      const planned = await goBack(connection, () =>
        planRollback(connection, {
          before,
          up: statements,
          schema: rehearsal.url.schema,
          catalog: catalogAfter,
          ...(input.hints === undefined ? {} : { hints: input.hints }),
        }),
      )
      const again = planned.isBack ? await goAgain(connection, input, catalogAfter) : []
      const incomplete = [...planned.incomplete, ...again]
      return {
        sql: renderRollback({ migration: input.up.migration, statements: planned.statements, incomplete }),
        incomplete,
        verified: planned.isBack && again.length === 0,
        differences: planned.differences,
        catalogBefore: before.catalog,
        catalogAfter,
      }
    })
  } finally {
    await rehearsal.drop()
  }
}

async function standpoint(connection: Connection, input: ComputeRollbackInput): Promise<Standpoint> {
  const identities = await readIdentities(connection)
  const catalog = await cachedCatalog(input.cache, () => readCatalog(connection, { again: true }))
  return { catalog, identities, facts: () => cachedFacts(input.cache, input.start) }
}

/** Commits the way back where it led back, so that the way there can be gone again. */
async function goBack(connection: Connection, plan: () => Promise<PlannedRollback>): Promise<PlannedRollback> {
  await connection.query('BEGIN')
  const planned = await plan()
  await connection.query(planned.isBack ? 'COMMIT' : 'ROLLBACK')
  return planned
}

/** Why the migration cannot be applied a second time, or leads elsewhere; empty: it leads to the same catalog. */
async function goAgain(
  connection: Connection,
  input: ComputeRollbackInput,
  first: Catalog,
): Promise<readonly string[]> {
  try {
    await runScript(connection, input.up.sql, input.up.file)
  } catch (error) {
    return [`after it the migration cannot be applied again: ${error instanceof Error ? error.message : String(error)}`]
  }
  const differences = compareCatalogs(first, await readCatalog(connection, { again: true }))
  return differences.map((one) => `after it the migration leads elsewhere: ${describeDifference(one)}`)
}
