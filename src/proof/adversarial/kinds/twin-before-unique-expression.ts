import type { IndexStmt } from 'libpg-query'
import { columnsIn } from '../columns-in.ts'
import type { HazardKind } from '../hazard.ts'
import { elementsOf } from '../elements-of.ts'
import { inOtherCase } from '../in-other-case.ts'
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
    if (table === undefined || columns.length < used.length) return []
    const key = elementsOf(step.index.indexParams, step.parts.expressionsIn(undefined), (name) => scene.column(step.table, name)).join(', ')
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
        attempts: [inOtherCase(table, columns), valuesOfAnother(table, columns.map(({ name }) => name))],
        pairs: samplePairs(columns, step.index.indexParams),
      },
    ]
  },
}

function hasExpression({ indexParams = [] }: IndexStmt): boolean {
  return indexParams.some((one) => 'IndexElem' in one && one.IndexElem.expr !== undefined)
}
