import type { HazardKind } from '../hazard.ts'
import { isRecord } from '../is-record.ts'
import { columnSql } from '../sql.ts'

/** 0 in a column by which an UPDATE divides. */
export const zeroBeforeDivision: HazardKind = {
  name: 'zero-before-division',
  find: (step, scene) => {
    if (step.kind !== 'update' || step.update.fromClause !== undefined) return []
    const table = scene.table(step.table)
    if (table === undefined) return []
    const names = [...new Set(divisors(step.update.targetList))]
    const columns = names.flatMap((name) => scene.column(step.table, name) ?? [])
    const where = step.update.whereClause === undefined ? undefined : step.parts.after('WHERE')
    return columns.map((column) => ({
      kind: zeroBeforeDivision.name,
      object: `${table.schema}.${table.name}.${column.name}`,
      rows: 'rows with 0',
      table,
      condition: `${columnSql(column.name)} = 0${where === undefined ? '' : ` AND (${where})`}`,
      line: step.line,
      attempts: [{ [column.name]: '0' }],
    }))
  },
}

/** The columns that stand alone behind `/` or `%`. */
function divisors(tree: unknown): readonly string[] {
  if (Array.isArray(tree)) return tree.flatMap(divisors)
  if (!isRecord(tree)) return []
  const expression = tree['A_Expr']
  const own = isRecord(expression) && isDivision(expression['name']) ? columnName(expression['rexpr']) : undefined
  return [...(own === undefined ? [] : [own]), ...Object.values(tree).flatMap(divisors)]
}

function isDivision(name: unknown): boolean {
  return /"sval":"[/%]"/.test(JSON.stringify(name))
}

function columnName(tree: unknown): string | undefined {
  const reference = isRecord(tree) ? tree['ColumnRef'] : undefined
  const fields: unknown = isRecord(reference) ? reference['fields'] : undefined
  const last: unknown = Array.isArray(fields) ? fields.at(-1) : undefined
  const text = isRecord(last) && isRecord(last['String']) ? last['String']['sval'] : undefined
  return typeof text === 'string' ? text : undefined
}
