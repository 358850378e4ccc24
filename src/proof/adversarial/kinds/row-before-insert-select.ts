import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { TableFacts } from '../../../postgres/tables/table-facts.ts'
import { edgeValues } from '../edge-values.ts'
import type { Assignment, Hazard, HazardKind } from '../hazard.ts'
import { type CopiedRows, insertSelectOf } from '../insert-select.ts'
import type { Scene } from '../scene.ts'
import { columnSql, objectName, tableSql, valuesOfAnother } from '../sql.ts'
import type { Step } from '../step.ts'

/** Rows that INSERT … SELECT takes from one table, for which the other has no place: the same key twice, or NULL. */
export const rowBeforeInsertSelect: HazardKind = {
  name: 'row-before-insert-select',
  find: (step, scene) => {
    const source = step.kind === 'insert' ? insertSelectOf(step, scene)?.source : undefined
    const table = source === undefined ? undefined : scene.table(source.table)
    if (step.kind !== 'insert' || source === undefined || table === undefined) return []
    const copied: Copied = { step, scene, table, source }
    return [
      ...scene.keys(step.table).flatMap((key) => twice(copied, key)),
      ...scene.requiredColumns(step.table).flatMap((name) => missing(copied, name)),
    ]
  },
}

interface Copied {
  readonly step: Step & { readonly kind: 'insert' }
  readonly scene: Scene
  readonly table: TableFacts
  readonly source: CopiedRows
}

/** Unless the table that they come from keeps such rows out itself. */
function twice({ step, scene, table, source }: Copied, key: readonly string[]): readonly Hazard[] {
  const columns = key.flatMap((name) => originOf({ scene, source }, name) ?? [])
  const uniques = [table.primaryKey, ...table.uniques].flatMap((one) =>
    one === undefined || one.predicate !== undefined ? [] : [one.keys.map((part) => ('column' in part ? part.column : ''))],
  )
  if (columns.length < key.length || uniques.some((own) => own.every((name) => columns.includes(name)))) return []
  const facts = columns.length > 1 ? [] : table.columns.filter(({ name }) => columns.includes(name))
  const names = columns.map(quoteIdentifier).join(', ')
  const among = source.where === undefined ? '' : ` AS ${quoteIdentifier(source.where.alias)} WHERE ${source.where.sql}`
  return [
    {
      kind: rowBeforeInsertSelect.name,
      object: objectName(table, ...columns),
      rows: `rows that are inserted into ${step.table.relname ?? 'a table'} with the same key`,
      table,
      condition: `(${columns.map(columnSql).join(', ')}) IN
        (SELECT ${names} FROM ${tableSql(table)}${among} GROUP BY ${names} HAVING count(*) > 1)${chosen(table, source)}`,
      line: step.line,
      attempts: [valuesOfAnother(table, columns)],
      pairs: facts.flatMap((column) => {
        return edgeValues(column, source.where?.tree).map((value): Assignment => ({ [column.name]: value }))
      }),
    },
  ]
}

function missing({ step, scene, table, source }: Copied, name: string): readonly Hazard[] {
  const column = originOf({ scene, source }, name)
  const facts = table.columns.find((one) => one.name === column)
  if (column === undefined || facts === undefined || facts.notNull) return []
  return [
    {
      kind: rowBeforeInsertSelect.name,
      object: objectName(table, column),
      rows: `rows with NULL, which ${step.table.relname ?? 'the other table'} does not take`,
      table,
      condition: `${columnSql(column)} IS NULL${chosen(table, source)}`,
      line: step.line,
      attempts: [{ [column]: 'NULL' }],
    },
  ]
}

/** The column as it was called before the migration. */
function originOf({ scene, source }: Pick<Copied, 'scene' | 'source'>, target: string): string | undefined {
  const from = source.from.get(target)
  return from === undefined ? undefined : scene.column(source.table, from)?.name
}

/** Only the rows that the statement takes. */
function chosen(table: TableFacts, { where }: CopiedRows): string {
  if (where === undefined) return ''
  const alias = quoteIdentifier(where.alias)
  return ` AND (t.tableoid, t.ctid) IN (SELECT ${alias}.tableoid, ${alias}.ctid FROM ${tableSql(table)} AS ${alias} WHERE ${where.sql})`
}
