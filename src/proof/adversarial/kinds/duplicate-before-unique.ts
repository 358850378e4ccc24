import type { RangeVar } from 'libpg-query'
import { quoteIdentifier } from '../../../postgres/quote.ts'
import { constrainedColumns } from '../constrained-columns.ts'
import type { Hazard, HazardKind } from '../hazard.ts'
import type { Scene } from '../scene.ts'
import { columnSql, objectName, tableSql, valuesOfAnother } from '../sql.ts'
import type { Step } from '../step.ts'

/** Two rows with the same values in columns that become unique together. */
export const duplicateBeforeUnique: HazardKind = {
  name: 'duplicate-before-unique',
  find: (step, scene) => {
    const demand = demanded(step)
    return demand === undefined ? [] : hazardOf(step, scene, demand)
  },
}

interface Demand {
  readonly table: RangeVar
  readonly columns: readonly string[]
  readonly nullsNotDistinct: boolean
  readonly predicate?: string
}

/** An index with an expression in it is another kind. */
function demanded(step: Step): Demand | undefined {
  if (step.kind === 'create-index') {
    const { index, table, parts } = step
    const elements = (index.indexParams ?? []).map((one) => ('IndexElem' in one ? one.IndexElem.name : undefined))
    const columns = elements.flatMap((name) => name ?? [])
    if (index.unique !== true || columns.length < elements.length) return undefined
    const predicate = index.whereClause === undefined ? undefined : parts.after('WHERE')
    const nullsNotDistinct = index.nulls_not_distinct === true
    return { table, columns, nullsNotDistinct, ...(predicate === undefined ? {} : { predicate }) }
  }
  if (step.kind !== 'add-constraint') return undefined
  const { contype, nulls_not_distinct: nulls } = step.constraint
  if (contype !== 'CONSTR_UNIQUE' && contype !== 'CONSTR_PRIMARY') return undefined
  const columns = constrainedColumns(step.constraint)
  return columns.length === 0 ? undefined : { table: step.table, columns, nullsNotDistinct: nulls === true }
}

function hazardOf(step: Step, scene: Scene, { table: range, columns, ...how }: Demand): readonly Hazard[] {
  const table = scene.table(range)
  const found = columns.flatMap((name) => scene.column(range, name)?.name ?? [])
  if (table === undefined || found.length < columns.length) return []
  const group = found.map(quoteIdentifier).join(', ')
  const among = how.predicate === undefined ? '' : ` WHERE ${how.predicate}`
  const same = found.map((name) => `o.${quoteIdentifier(name)} IS NOT DISTINCT FROM ${columnSql(name)}`).join(' AND ')
  const notNull = how.nullsNotDistinct ? '' : ` AND ${found.map((name) => `${columnSql(name)} IS NOT NULL`).join(' AND ')}`
  const twice = `(SELECT ${group} FROM ${tableSql(table)}${among} GROUP BY ${group} HAVING count(*) > 1)`
  const condition = how.nullsNotDistinct
    ? `EXISTS (SELECT FROM ${twice} AS o WHERE ${same})`
    : `(${found.map(columnSql).join(', ')}) IN ${twice}`
  return [
    {
      kind: duplicateBeforeUnique.name,
      object: objectName(table, ...found),
      rows: found.length === 1 ? 'rows with the same value' : 'rows with the same values',
      table,
      condition: `${condition}${notNull}${how.predicate === undefined ? '' : ` AND (${how.predicate})`}`,
      line: step.line,
      attempts: [valuesOfAnother(table, found, how.predicate === undefined ? undefined : `NOT (${how.predicate})`)],
      mend: `DELETE FROM ${tableSql(table)} AS t WHERE ${condition}${notNull} AND EXISTS (SELECT FROM ${tableSql(table)} AS o
        WHERE ${same} AND (o.tableoid, o.ctid) < (t.tableoid, t.ctid))`,
    },
  ]
}
