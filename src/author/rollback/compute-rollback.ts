import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { type CatalogDifference, compareCatalogs } from '../../postgres/catalog/compare-catalogs.ts'
import { describeDifference } from '../../postgres/catalog/describe-difference.ts'
import { readIdentities } from '../../postgres/catalog/identities.ts'
import { readCatalog } from '../../postgres/catalog/read-catalog.ts'
import { type Connection, withConnection } from '../../postgres/connect.ts'
import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { cachedCatalog, cachedFacts, type TextCache } from './cached-standpoint.ts'
import { borrowedGround, committingGround, type Ground } from './ground.ts'
import { fitsOneTransaction } from './one-transaction.ts'
import { planRollback } from './plan-rollback.ts'
import { renderRollback } from './render-rollback.ts'
import type { RollbackHints, Standing, StandingPlace, Standpoint } from './rollback.ts'

/** What a rollback is computed from. */
export interface ComputeRollbackInput {
  /** A fresh rehearsal standing where the migration begins. Called once, and again only where the cache is cold. */
  readonly start: () => Promise<Standing>
  /** A place where the migration begins that must stay as it is, if there is one: tried first, as it costs no clone. */
  readonly standing?: () => Promise<StandingPlace | undefined>
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
  const statements = await parseStatements(input.up.sql, input.up.file)
  const borrowed = await tryBorrowed(input, statements)
  if (borrowed?.verified === true) return borrowed
  const rehearsal = await input.start()
  try {
    const compute = (connection: Connection): Promise<Rollback> =>
      computeOn(committingGround(connection), rehearsal.url.schema, input, statements)
    const { connection } = rehearsal
    return await (connection === undefined ? withConnection(rehearsal.url, compute) : compute(connection))
  } finally {
    await rehearsal.drop()
  }
}

/** In one transaction that is taken back; whatever does not work out there is tried in a rehearsal of its own. */
async function tryBorrowed(
  input: ComputeRollbackInput,
  statements: readonly Statement[],
): Promise<Rollback | undefined> {
  if (!fitsOneTransaction(statements)) return undefined
  const place = await input.standing?.()
  if (place === undefined) return undefined
  const { connection, url } = place
  try {
    const rollback = await computeOn(borrowedGround(connection), url.schema, input, statements, place)
    await connection.query('SET CONSTRAINTS ALL IMMEDIATE')
    return rollback
  } catch {
    return undefined
  } finally {
    await connection.query('ROLLBACK').catch(() => undefined)
  }
}

async function computeOn(
  ground: Ground,
  schema: string,
  input: ComputeRollbackInput,
  statements: readonly Statement[],
  found?: Pick<Standpoint, 'identities' | 'catalog'>,
): Promise<Rollback> {
  const { connection } = ground
  const { identities, catalog } = found ?? (await standpoint(ground, input))
  const before: Standpoint = { identities, catalog, facts: () => cachedFacts(input.cache, input.start) }
  await ground.run(input.up.sql, input.up.file)
  const catalogAfter = await readCatalog(connection, { again: true })
  const plan = () =>
    planRollback(connection, {
      before,
      up: statements,
      schema,
      catalog: catalogAfter,
      ...(input.hints === undefined ? {} : { hints: input.hints }),
    })
  const planned = await ground.attempt(plan, ({ isBack }) => isBack)
  const again = planned.isBack ? await goAgain(ground, input, catalogAfter) : []
  const incomplete = [...planned.incomplete, ...again]
  return {
    sql: renderRollback({ migration: input.up.migration, statements: planned.statements, incomplete }),
    incomplete,
    verified: planned.isBack && again.length === 0,
    differences: planned.differences,
    catalogBefore: before.catalog,
    catalogAfter,
  }
}

async function standpoint(
  { connection }: Ground,
  input: ComputeRollbackInput,
): Promise<Pick<Standpoint, 'identities' | 'catalog'>> {
  const identities = await readIdentities(connection)
  const catalog = await cachedCatalog(input.cache, () => readCatalog(connection, { again: true }))
  return { identities, catalog }
}

/** Why the migration cannot be applied a second time, or leads elsewhere; empty: it leads to the same catalog. */
async function goAgain(ground: Ground, input: ComputeRollbackInput, first: Catalog): Promise<readonly string[]> {
  try {
    await ground.run(input.up.sql, input.up.file)
  } catch (error) {
    return [`after it the migration cannot be applied again: ${error instanceof Error ? error.message : String(error)}`]
  }
  const differences = compareCatalogs(first, await readCatalog(ground.connection, { again: true }))
  return differences.map((one) => `after it the migration leads elsewhere: ${describeDifference(one)}`)
}
