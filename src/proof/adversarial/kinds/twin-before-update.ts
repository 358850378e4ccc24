import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import { columnsIn } from '../columns-in.ts'
import { sameTexts } from '../edge-values.ts'
import type { Assignment, HazardKind } from '../hazard.ts'
import { inOtherCase } from '../in-other-case.ts'
import { isText } from '../retyping.ts'
import { aliasOf, objectName, tableSql, valuesOfAnother } from '../sql.ts'

/** Rows that differ in a unique column, and that an UPDATE makes the same: `SET email = lower(email)`. */
export const twinBeforeUpdate: HazardKind = {
  name: 'twin-before-update',
  find: (step, scene) => {
    if (step.kind !== 'update' || step.update.fromClause !== undefined) return []
    const { targetList: [target, ...others] = [], whereClause } = step.update
    const { name = '' } = target !== undefined && 'ResTarget' in target ? target.ResTarget : {}
    const table = scene.table(step.table)
    const column = scene.column(step.table, name)
    const isUnique = scene.keys(step.table).some((key) => key.length === 1 && key.includes(name))
    if (table === undefined || column === undefined || others.length > 0 || !isUnique) return []
    const where = whereClause === undefined ? undefined : step.parts.after('WHERE')
    const expression = valueIn(step.parts.after('SET') ?? '', where)
    const own = quoteIdentifier(column.name)
    const value = where === undefined ? `(${expression})` : `CASE WHEN ${where} THEN (${expression}) ELSE ${own} END`
    const alias = quoteIdentifier(aliasOf(step.table, table))
    const rows = `SELECT ${alias}.tableoid AS o, ${alias}.ctid AS c, ${value} AS v FROM ${tableSql(table)} AS ${alias}`
    const another = valuesOfAnother(table, [column.name])
    return [
      {
        kind: twinBeforeUpdate.name,
        object: objectName(table, column.name),
        rows: `rows that get the same ${column.name}`,
        table,
        condition: `(t.tableoid, t.ctid) IN (SELECT n.o, n.c
          FROM (SELECT m.o, m.c, m.v, count(*) OVER (PARTITION BY m.v) AS times FROM (${rows}) AS m) AS n
          WHERE n.times > 1 AND n.v IS NOT NULL)`,
        line: step.line,
        attempts: isText(column)
          ? [inOtherCase(table, [column]), { [column.name]: `${another[column.name] ?? "''"} || ' '` }]
          : [],
        pairs: columnsIn(whereClause).flatMap((used) => valuesFor(scene.column(step.table, used), whereClause)),
      },
    ]
  },
}

/** What two rows are given to be among those that the condition takes. */
function valuesFor(column: ColumnFacts | undefined, whereClause: unknown): readonly Assignment[] {
  const texts = column === undefined ? [] : sameTexts(column.baseType, whereClause)
  return texts.map((value): Assignment => ({ [column?.name ?? '']: value }))
}

/** What stands between `=` and WHERE in the list of an UPDATE that sets one column. */
function valueIn(list: string, where: string | undefined): string {
  const end = where === undefined ? list.length : list.lastIndexOf(where)
  return list
    .slice(list.indexOf('=') + 1, end)
    .replace(where === undefined ? /$/ : /\bwhere\s*$/i, '')
    .trim()
}
