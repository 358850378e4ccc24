import { divisorsIn } from '../divisors.ts'
import type { HazardKind } from '../hazard.ts'
import { columnSql, objectName } from '../sql.ts'

/** 0 in a column by which an UPDATE divides. */
export const zeroBeforeDivision: HazardKind = {
  name: 'zero-before-division',
  find: (step, scene) => {
    if (step.kind !== 'update' || step.update.fromClause !== undefined) return []
    const table = scene.table(step.table)
    if (table === undefined) return []
    const names = divisorsIn(step.update.targetList)
    const columns = names.flatMap((name) => scene.column(step.table, name) ?? [])
    const where = step.update.whereClause === undefined ? undefined : step.parts.after('WHERE')
    return columns.map((column) => ({
      kind: zeroBeforeDivision.name,
      object: objectName(table, column.name),
      rows: 'rows with 0',
      table,
      condition: `${columnSql(column.name)} = 0${where === undefined ? '' : ` AND (${where})`}`,
      line: step.line,
      attempts: [{ [column.name]: '0' }],
    }))
  },
}
