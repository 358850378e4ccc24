import type { RangeVar } from 'libpg-query'
import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { Hazard, HazardKind } from '../hazard.ts'
import { constrainedColumns } from '../constrained-columns.ts'
import type { Scene } from '../scene.ts'
import { columnSql, objectName, tableSql } from '../sql.ts'
import type { Step } from '../step.ts'

/** NULL in a column that becomes NOT NULL, by itself or as a part of a primary key. */
export const nullBeforeNotNull: HazardKind = {
  name: 'null-before-not-null',
  find: (step, scene) =>
    demanded(step).flatMap(({ table, columns }) => columns.flatMap((column) => hazardOf(step, scene, table, column))),
}

function demanded(step: Step): readonly { readonly table: RangeVar; readonly columns: readonly string[] }[] {
  if (step.kind === 'set-not-null') return [{ table: step.table, columns: [step.column] }]
  if (step.kind !== 'add-constraint' || step.constraint.skip_validation === true) return []
  const { contype } = step.constraint
  const isDemand = contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY'
  return isDemand ? [{ table: step.table, columns: constrainedColumns(step.constraint) }] : []
}

function hazardOf(step: Step, scene: Scene, range: RangeVar, name: string): readonly Hazard[] {
  const table = scene.table(range)
  const column = scene.column(range, name)
  if (table === undefined || column === undefined || column.notNull || column.generated !== undefined) return []
  const own = quoteIdentifier(column.name)
  const other = `(SELECT o.${own} FROM ${tableSql(table)} AS o WHERE o.${own} IS NOT NULL LIMIT 1)`
  return [
    {
      kind: nullBeforeNotNull.name,
      object: objectName(table, column.name),
      rows: 'rows with NULL',
      table,
      condition: `${columnSql(column.name)} IS NULL`,
      line: step.line,
      attempts: [{ [column.name]: 'NULL' }],
      mend: `UPDATE ${tableSql(table)} AS t SET ${own} = ${other} WHERE ${columnSql(column.name)} IS NULL`,
    },
  ]
}
