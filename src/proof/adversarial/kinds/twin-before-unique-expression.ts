import type { IndexStmt } from 'libpg-query'
import type { ColumnFacts, TableFacts } from '../../../postgres/tables/table-facts.ts'
import { columnsIn } from '../columns-in.ts'
import type { Assignment, HazardKind } from '../hazard.ts'
import { isText } from '../retyping.ts'
import { samplePairs } from '../sample-pairs.ts'
import { objectName, tableSql, valuesOfAnother } from '../sql.ts'

/** Rows that differ, and are the same to a unique index over an expression: `Ann` and `ANN` to lower(name). */
export const twinBeforeUniqueExpression: HazardKind = {
  name: 'twin-before-unique-expression',
  find: (step, scene) => {
    if (step.kind !== 'create-index' || step.index.unique !== true || !hasExpression(step.index)) return []
    const table = scene.table(step.table)
    const used = columnsIn(step.index.indexParams)
    const columns = used.flatMap((name) => scene.column(step.table, name) ?? [])
    // An expression speaks of columns as they are called here: behind a rename it means nothing before.
    const isPlain = columns.length === used.length && columns.every(({ name }) => used.includes(name))
    if (table === undefined || !isPlain) return []
    const key = step.parts.expressionsIn(undefined).join(', ')
    const predicate = step.index.whereClause === undefined ? undefined : step.parts.after('WHERE')
    const among = predicate === undefined ? '' : ` WHERE ${predicate}`
    const twice = `SELECT ${key} FROM ${tableSql(table)}${among} GROUP BY ${key} HAVING count(*) > 1`
    const [only, ...others] = columns
    return [
      {
        kind: twinBeforeUniqueExpression.name,
        object: objectName(table, ...(only !== undefined && others.length === 0 ? [only.name] : [])),
        rows: `rows with the same ${key}`,
        table,
        condition: `(${key}) IN (${twice})${predicate === undefined ? '' : ` AND (${predicate})`}`,
        line: step.line,
        attempts: [otherCase(table, columns), valuesOfAnother(table, used)],
        pairs: samplePairs(columns, step.index.indexParams),
      },
    ]
  },
}

function hasExpression({ indexParams = [] }: IndexStmt): boolean {
  return indexParams.some((one) => 'IndexElem' in one && one.IndexElem.expr !== undefined)
}

/** The same texts in capitals, or in small letters where they are in capitals. */
function otherCase(table: TableFacts, columns: readonly ColumnFacts[]): Assignment {
  const values = valuesOfAnother(table, columns.map(({ name }) => name))
  const turned = columns.filter(isText).map(({ name }) => {
    const value = values[name] ?? 'NULL'
    return [name, `(SELECT CASE WHEN v = upper(v) THEN lower(v) ELSE upper(v) END FROM (SELECT ${value}) AS x(v))`]
  })
  return { ...values, ...Object.fromEntries(turned) as Assignment }
}
