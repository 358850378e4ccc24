import type { ColumnDef, Node } from 'libpg-query'
import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { ColumnFacts, TableFacts } from '../../../postgres/tables/table-facts.ts'
import { castsIn } from '../casts-in.ts'
import { columnsIn } from '../columns-in.ts'
import { divisorsIn } from '../divisors.ts'
import { edgeValues } from '../edge-values.ts'
import type { Assignment, Hazard, HazardKind } from '../hazard.ts'
import { isOutside, isWider, numberRange } from '../number-range.ts'
import { isText } from '../retyping.ts'
import type { Scene } from '../scene.ts'
import { columnSql, objectName, tableSql } from '../sql.ts'
import { type TargetType, targetType, typeLiteral } from '../target-type.ts'

/** Rows of which a new generated column cannot be computed, or has no room for what comes out. */
export const rowBeforeGeneratedColumn: HazardKind = {
  name: 'row-before-generated-column',
  find: (step, scene) => {
    if (step.kind !== 'add-column' || step.column.typeName === undefined) return []
    const table = scene.table(step.table)
    const tree = generationOf(step.column)
    const used = columnsIn(tree)
    const columns = used.flatMap((name) => scene.column(step.table, name) ?? [])
    const expression = step.parts.inParentheses('AS').join(', ')
    if (table === undefined || tree === undefined || columns.length < used.length || expression === '') return []
    const stops = [
      ...castsIn(tree).flatMap(({ column, type }) => refused(scene.column(step.table, column), type, scene) ?? []),
      ...divisorsIn(tree).flatMap((name) => scene.column(step.table, name) ?? []).map(({ name }) => `${columnSql(name)} = 0`),
    ]
    const type = targetType(step.column.typeName)
    const overflows = hasNoRoom(expression, type, columns)
    const condition = conditionOf(stops, overflows)
    if (condition === undefined) return []
    return [
      {
        kind: rowBeforeGeneratedColumn.name,
        object: objectName(table),
        rows: `rows of which ${step.column.colname ?? 'the column'} cannot be computed as ${type.words}`,
        table,
        condition,
        line: step.line,
        attempts: columns.flatMap((column) =>
          [...edgeValues(column, tree), ...wideValues(column)].map((value): Assignment => ({ [column.name]: value })),
        ),
        ...mendOf(table, columns, condition),
      },
    ]
  },
}

/** Of a small number nearly everything can be computed. */
function mendOf(table: TableFacts, columns: readonly ColumnFacts[], condition: string): Pick<Hazard, 'mend'> {
  const sets = columns
    .filter((column) => isText(column) || /^(int[248]|numeric|float[48])$/.test(column.baseType))
    .map(({ name }) => `${quoteIdentifier(name)} = '7'`)
  if (sets.length === 0) return {}
  return { mend: `UPDATE ${tableSql(table)} AS t SET ${sets.join(', ')} WHERE ${condition}` }
}

function generationOf({ constraints = [] }: ColumnDef): Node | undefined {
  for (const one of constraints) {
    if ('Constraint' in one && one.Constraint.contype === 'CONSTR_GENERATED') return one.Constraint.raw_expr
  }
  return undefined
}

/** True for values that a cast inside the expression refuses; undefined where it takes all. */
function refused(column: ColumnFacts | undefined, type: TargetType, scene: Scene): string | undefined {
  const isEnum = scene.labels({ names: [{ String: { sval: type.name } }] }) !== undefined
  if (column === undefined || column.arrayDimensions > 0 || type.isArray || isEnum) return undefined
  const own = columnSql(column.name)
  if (isText(column)) {
    return isText({ baseType: type.name }) ? undefined : `NOT pg_input_is_valid(${own}::text, ${typeLiteral(type)})`
  }
  const range = numberRange(type)
  return range === undefined || !isWider(column, type) ? undefined : isOutside(own, type, range)
}

/** True where the column has no room for what the expression says; undefined where it always has. */
function hasNoRoom(expression: string, type: TargetType, columns: readonly ColumnFacts[]): string | undefined {
  if (type.isArray) return undefined
  const range = numberRange(type)
  // Of a text no number is made without a cast.
  if (range !== undefined) return isOutside(`(${expression})`, type, range)
  const isSized = type.modifiers.length > 0 && /^(varchar|bpchar)$/.test(type.name)
  return isSized && columns.length > 0 ? `NOT pg_input_is_valid((${expression})::text, ${typeLiteral(type)})` : undefined
}

/** What does not fit is looked for only where the expression can be computed. */
function conditionOf(stops: readonly string[], overflows: string | undefined): string | undefined {
  if (stops.length === 0) return overflows
  const stopped = stops.length === 1 ? stops.join('') : stops.map((one) => `(${one})`).join(' OR ')
  return overflows === undefined ? stopped : `CASE WHEN ${stopped} THEN true ELSE ${overflows} END`
}

/** Not as wide as the column takes, so that the expression itself need not overflow. */
function wideValues({ baseType }: ColumnFacts): readonly string[] {
  return /^(int[48]|numeric|float[48])$/.test(baseType) ? ['100000', '-100000', '1000000000'] : []
}
