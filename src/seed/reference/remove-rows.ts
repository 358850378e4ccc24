import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../postgres/quote.ts'
import { sqlstate, sqlstateOf } from '../../postgres/sqlstate.ts'
import { withCause } from '../../errors/failure.ts'
import { findDependents } from './dependent-rows.ts'
import { referenceInUse } from './errors.ts'
import type { StagedPart } from './write-part.ts'
import { referenceRecord } from './reference-record.ts'
import type { ReferenceSet } from './resolve-set.ts'

/** Rows of a set that an earlier run wrote and that nothing declares now. */
export interface RemovedRows {
  readonly rows: number
  readonly deleted: number
  /** To be deleted, but changed by hand since. */
  readonly changed: number
}

/**
 * Deals with the rows of a set that are no longer declared, as its policy says. A row that was changed by hand is
 * deleted only with `overwrite`; none is where rows that point to it would go with it, or be changed.
 * @throws SEED_REFERENCE_IN_USE
 */
export async function removeRows(
  connection: Connection,
  set: ReferenceSet,
  parts: readonly StagedPart[],
  overwrite: boolean,
): Promise<RemovedRows> {
  const target = quoteQualified(set.table.schema, set.table.name)
  const keys = parts.map(({ sql }) => sql.keys).join(' UNION ALL ')
  const isOurs = `a.table_schema = ${quoteLiteral(set.table.schema)} AND a.table_name = ${quoteLiteral(set.table.name)}`
  const key = [...set.key].sort().map(quoteLiteral).join(', ')
  await connection.query(`DELETE FROM ${referenceRecord} a WHERE ${isOurs}
    AND (SELECT array_agg(k ORDER BY k COLLATE "C") FROM jsonb_object_keys(a.key) k) IS DISTINCT FROM ARRAY[${key}]::text[]`)
  const same = set.key.map((name) => `t.${quoteIdentifier(name)}::text = a.key ->> ${quoteLiteral(name)}`).join(' AND ')
  const names = set.table.columns.filter((column) => column.generated === undefined).map(({ name }) => name)
  const live = names.map((name) => `(${quoteLiteral(name)}, t.${quoteIdentifier(name)}::text)`).join(', ')
  const isChanged = `EXISTS (SELECT FROM (VALUES ${live}) v(name, value)
    WHERE a.applied ? v.name AND v.value IS DISTINCT FROM a.applied ->> v.name)`
  const undeclared = keys === '' ? 'true' : `NOT EXISTS (SELECT FROM (${keys}) d WHERE d.key = a.key)`
  const { rows } = await connection.query<{ rows: number; changed: number }>(
    `SELECT count(*)::int AS rows, count(*) FILTER (WHERE ${isChanged})::int AS changed
     FROM ${referenceRecord} a JOIN ${target} t ON ${same} WHERE ${isOurs} AND ${undeclared}`,
  )
  const { rows: found, changed } = rows[0] ?? { rows: 0, changed: 0 }
  if (found === 0 || set.removed !== 'delete') return { rows: found, deleted: 0, changed: 0 }
  const goes = `${same} AND ${isOurs} AND ${undeclared}${overwrite ? '' : ` AND NOT ${isChanged}`}`
  const condition = `EXISTS (SELECT FROM ${referenceRecord} a WHERE ${goes})`
  const dependents = await findDependents(connection, { table: set.table, condition })
  if (dependents.length > 0) throw referenceInUse(set.model.name, `${dependents.join('; ')}.`)
  try {
    const { rowCount } = await connection.query(
      `WITH gone AS (DELETE FROM ${target} t USING ${referenceRecord} a
         WHERE ${goes} RETURNING a.key)
       DELETE FROM ${referenceRecord} a USING gone WHERE ${isOurs} AND a.key = gone.key`,
    )
    await connection.query('SET CONSTRAINTS ALL IMMEDIATE')
    await connection.query('SET CONSTRAINTS ALL DEFERRED')
    return { rows: found, deleted: rowCount ?? 0, changed: overwrite ? 0 : changed }
  } catch (error) {
    if (sqlstateOf(error) !== sqlstate.foreignKeyViolation || !(error instanceof Error)) throw error
    throw withCause(referenceInUse(set.model.name, `${error.message}.`), error)
  }
}
