import { divisorsIn } from '../divisors.ts'
import type { HazardKind } from '../hazard.ts'
import { aliasOf, columnSql, isMeant, objectName } from '../sql.ts'

/** 0 in a column by which an UPDATE divides. */
export const zeroBeforeDivision: HazardKind = {
  name: 'zero-before-division',
  find: (step, scene) => {
    if (step.kind !== 'update' || step.update.fromClause !== undefined) return []
    const table = scene.table(step.table)
    if (table === undefined) return []
    const names = divisorsIn(step.update.targetList)
    const columns = names.flatMap((name) => scene.column(step.table, name) ?? [])
    const { whereClause } = step.update
    const sql = whereClause === undefined ? undefined : step.parts.after('WHERE')
    const also = sql === undefined ? '' : ` AND ${isMeant(table, { sql, alias: aliasOf(step.table, table) }, whereClause)}`
    return columns.map((column) => ({
      kind: zeroBeforeDivision.name,
      object: objectName(table, column.name),
      rows: 'rows with 0',
      table,
      condition: `${columnSql(column.name)} = 0${also}`,
      line: step.line,
      attempts: [{ [column.name]: '0' }],
    }))
  },
}
