import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { ForeignKeyFacts, TableFacts } from '../../../postgres/tables/table-facts.ts'
import { columnsIn } from '../columns-in.ts'
import { edgeValues, sameTexts } from '../edge-values.ts'
import type { Assignment, Hazard, HazardKind } from '../hazard.ts'
import type { Scene } from '../scene.ts'
import { aliasOf, columnSql, isChosen, objectName, tableSql } from '../sql.ts'
import type { Step } from '../step.ts'

/** Rows that a DELETE takes and rows of another table point at. */
export const rowBeforeDelete: HazardKind = {
  name: 'row-before-delete',
  find: (step, scene) => {
    if (step.kind !== 'delete' || step.deletion.usingClause !== undefined) return []
    const table = scene.table(step.table)
    if (table === undefined) return []
    return scene.tables.flatMap((child) =>
      child.foreignKeys
        .filter(({ target }) => target.schema === table.schema && target.table === table.name)
        .map((key) => hazardOf(step, scene, { table, child, key })),
    )
  },
}

interface Pointing {
  readonly table: TableFacts
  readonly child: TableFacts
  readonly key: ForeignKeyFacts
}

function hazardOf(
  step: Step & { readonly kind: 'delete' },
  scene: Scene,
  { table, child, key }: Pointing,
): Hazard {
  const { whereClause } = step.deletion
  const sql = whereClause === undefined ? undefined : step.parts.after('WHERE')
  const alias = aliasOf(step.table, table)
  const same = key.columns.map((own, at) => `c.${quoteIdentifier(own)} = ${columnSql(key.target.columns[at] ?? '')}`)
  // A row that points at itself goes with itself.
  const other = child === table ? ' AND (c.tableoid, c.ctid) <> (t.tableoid, t.ctid)' : ''
  const pointed = `EXISTS (SELECT FROM ${tableSql(child)} AS c WHERE ${same.join(' AND ')}${other})`
  const columns = columnsIn(whereClause).flatMap((name) => scene.column(step.table, name) ?? [])
  return {
    kind: rowBeforeDelete.name,
    object: objectName(table),
    rows: `rows that are deleted while ${objectName(child)} points at them`,
    table,
    condition: sql === undefined ? pointed : `${pointed} AND ${isChosen(table, { sql, alias })}`,
    line: step.line,
    attempts: columns
      .filter(({ name }) => !key.target.columns.includes(name))
      .flatMap((column) => {
        const values = [...sameTexts(column.baseType, whereClause), ...edgeValues(column, whereClause)]
        return values.map((value): Assignment => ({ [column.name]: value }))
      }),
  }
}
