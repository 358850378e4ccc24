import type { Connection } from '../postgres/connect.ts'
import { quoteLiteral, quoteQualified } from '../postgres/quote.ts'
import { sqlstate, sqlstateOf } from '../postgres/sqlstate.ts'
import type { TableFacts } from '../postgres/tables/table-facts.ts'
import { withCause } from '../errors/failure.ts'
import type { DataModel } from '../prisma/data-model.ts'
import { readJoinTables } from '../prisma/join-tables.ts'
import { lockFilling } from './deliver/claim-tables.ts'
import { truncateBlocked } from './errors.ts'
import { tableKey } from './plan/table-key.ts'
import type { SchemaTables } from './reference/schema-tables.ts'

/**
 * Empties tables, all at once, and forgets what Tide recorded of their rows. Numbering begins anew. A run that fills
 * tables of the database ends its table first.
 * @throws SEED_TRUNCATE_BLOCKED where a table that is not among them points to one that is
 */
export async function emptyTables(connection: Connection, tables: readonly TableFacts[]): Promise<void> {
  if (tables.length === 0) return
  await lockFilling(connection)
  const names = tables.map(({ schema, name }) => quoteQualified(schema, name)).join(', ')
  try {
    await connection.query(`TRUNCATE ${names} RESTART IDENTITY`)
  } catch (error) {
    if (sqlstateOf(error) !== sqlstate.featureNotSupported || !(error instanceof Error)) throw error
    const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : error.message
    throw withCause(truncateBlocked(detail), error)
  }
  const records = tables.map(({ schema, name }) => `(${quoteLiteral(schema)}, ${quoteLiteral(name)})`).join(', ')
  const { rows: found } = await connection.query<{ reference: boolean; seed: boolean }>(
    `SELECT to_regclass('tide.reference_row') IS NOT NULL AS reference, to_regclass('tide.seed_table') IS NOT NULL AS seed`,
  )
  if (found[0]?.reference === true) {
    await connection.query(`DELETE FROM tide.reference_row WHERE (table_schema, table_name) IN (VALUES ${records})`)
  }
  if (found[0]?.seed !== true) return
  await connection.query('DELETE FROM tide.seed_table WHERE table_name = ANY ($1)', [tables.map(tableKey)])
}

/** The tables of the models that are seeded, with the join tables between them. */
export function tablesToEmpty(
  { models, fromDatabase }: { readonly models?: readonly string[]; readonly fromDatabase?: boolean },
  data: DataModel,
  { tables }: SchemaTables,
  all: readonly TableFacts[],
): readonly TableFacts[] {
  if (fromDatabase === true && models === undefined) return all
  const isWanted = (name: string): boolean => models === undefined || models.includes(name)
  const wanted = [...tables].filter(([name]) => isWanted(name)).map(([, table]) => table)
  const joins = readJoinTables(data).filter(({ a, b }) => isWanted(a.model.name) || isWanted(b.model.name))
  const schemas = new Set(wanted.map(({ schema }) => schema))
  const between = all.filter(({ schema, name }) => schemas.has(schema) && joins.some(({ table }) => table === name))
  return [...wanted, ...between]
}
