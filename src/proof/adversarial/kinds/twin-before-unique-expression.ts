import type { IndexStmt } from 'libpg-query'
import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { ColumnFacts, TableFacts } from '../../../postgres/tables/table-facts.ts'
import { columnsIn } from '../columns-in.ts'
import type { Assignment, HazardKind } from '../hazard.ts'
import { tableSql } from '../sql.ts'

/** Rows that differ as they stand and are the same to a unique index over an expression: `Ann` and `ANN` to lower(name). */
export const twinBeforeUniqueExpression: HazardKind = {
  name: 'twin-before-unique-expression',
  find: (step, scene) => {
    if (step.kind !== 'create-index' || step.index.unique !== true || !hasExpression(step.index)) return []
    const table = scene.table(step.table)
    const elements = step.parts.inParentheses(undefined).map((element) => withoutOrder(element))
    const used = columnsIn(step.index.indexParams)
    const columns = used.flatMap((name) => scene.column(step.table, name) ?? [])
    // An expression speaks of columns as they are called here: behind a rename it means nothing before.
    if (table === undefined || columns.length < used.length || columns.some(({ name }) => !used.includes(name))) return []
    const predicate = step.index.whereClause === undefined ? undefined : step.parts.after('WHERE')
    const [first] = columns
    const among = predicate === undefined ? '' : ` WHERE ${predicate}`
    const twice = `SELECT ${elements.join(', ')} FROM ${tableSql(table)}${among} GROUP BY ${elements.join(', ')} HAVING count(*) > 1`
    return [
      {
        kind: twinBeforeUniqueExpression.name,
        object: `${table.schema}.${table.name}${columns.length === 1 && first !== undefined ? `.${first.name}` : ''}`,
        rows: `rows with the same ${elements.join(', ')}`,
        table,
        condition: `(${elements.join(', ')}) IN (${twice})${predicate === undefined ? '' : ` AND (${predicate})`}`,
        line: step.line,
        attempts: [otherCase(table, columns), copied(table, columns)],
      },
    ]
  },
}

function hasExpression({ indexParams = [] }: IndexStmt): boolean {
  return indexParams.some((one) => 'IndexElem' in one && one.IndexElem.expr !== undefined)
}

/** An element without operator class and order: up to the parenthesis that closes its expression, else its first word. */
function withoutOrder(element: string): string {
  if (!element.includes('(')) return /^(?:"(?:[^"]|"")*"|\S+)/u.exec(element)?.[0] ?? element
  let depth = 0
  for (const [at, character] of [...element].entries()) {
    if (character === '(') depth++
    if (character === ')' && --depth === 0) return [...element].slice(0, at + 1).join('')
  }
  return element
}

function otherCase(table: TableFacts, columns: readonly ColumnFacts[]): Assignment {
  return Object.fromEntries(
    columns.map(({ name, baseType }) => {
      const value = valueOfAnother(table, columns, name)
      return [name, /^(text|varchar|bpchar|citext)$/.test(baseType) ? `(SELECT CASE WHEN v = upper(v) THEN lower(v) ELSE upper(v) END FROM (SELECT ${value}) AS x(v))` : value]
    }),
  )
}

function copied(table: TableFacts, columns: readonly ColumnFacts[]): Assignment {
  return Object.fromEntries(columns.map(({ name }) => [name, valueOfAnother(table, columns, name)]))
}

function valueOfAnother(table: TableFacts, columns: readonly ColumnFacts[], name: string): string {
  const isThere = columns.map((column) => `o.${quoteIdentifier(column.name)} IS NOT NULL`).join(' AND ')
  return `(SELECT o.${quoteIdentifier(name)} FROM ${tableSql(table)} AS o
    WHERE (o.tableoid, o.ctid) <> (r.tableoid, r.ctid) AND ${isThere} ORDER BY o.ctid LIMIT 1)`
}

