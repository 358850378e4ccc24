import type { Constraint, RangeVar } from 'libpg-query'
import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { ColumnFacts, TableFacts } from '../../../postgres/tables/table-facts.ts'
import { constrainedColumns } from '../constrained-columns.ts'
import type { Hazard, HazardKind } from '../hazard.ts'
import { type Scene, textsOf } from '../scene.ts'
import { columnSql, keyColumns, objectName, tableSql } from '../sql.ts'
import type { Step } from '../step.ts'
import { strangeValue } from '../strange-value.ts'

/** Rows that point at nothing, before a foreign key says that they must not. */
export const orphanBeforeForeignKey: HazardKind = {
  name: 'orphan-before-foreign-key',
  find: (step, scene) => {
    if (step.kind === 'validate') return validated(step, scene)
    if (step.kind !== 'add-constraint' || step.constraint.contype !== 'CONSTR_FOREIGN') return []
    const { constraint } = step
    if (constraint.skip_validation === true) return []
    const table = scene.table(step.table)
    const columns = constrainedColumns(constraint).flatMap((name) => scene.column(step.table, name) ?? [])
    const parent = parentOf(constraint, (range) => scene.table(range), (range, name) => scene.column(range, name)?.name)
    if (table === undefined || columns.length === 0) return []
    if (parent === undefined) return pointingAtNew(step, table, { columns, constraint })
    if (columns.length !== parent.columns.length) return []
    const pairs = columns.map(({ name }, at) => ({ own: name, other: parent.columns[at] ?? '' }))
    const condition = pointsAtNothing(parent.table, pairs)
    return [
      {
        kind: orphanBeforeForeignKey.name,
        object: objectName(table, ...(columns.length === 1 ? columns.map(({ name }) => name) : [])),
        rows: `rows that point at nothing in ${objectName(parent.table)}`,
        table,
        condition,
        line: step.line,
        attempts: attempts(columns),
        mend: mend(table, parent, pairs, condition),
      },
    ]
  },
}

interface KeyPair {
  readonly own: string
  readonly other: string
}

function pointsAtNothing(parent: Pick<TableFacts, 'schema' | 'name'>, pairs: readonly KeyPair[]): string {
  const matches = pairs.map(({ own, other }) => `p.${quoteIdentifier(other)} = ${columnSql(own)}`).join(' AND ')
  const columns = pairs.map(({ own }) => own)
  return `${pointsSomewhere(columns)} AND NOT EXISTS (SELECT FROM ${tableSql(parent)} AS p WHERE ${matches})`
}

function pointsSomewhere(columns: readonly string[]): string {
  return columns.map((name) => `${columnSql(name)} IS NOT NULL`).join(' AND ')
}

/** A table that the migration makes may have none of the rows that are pointed at, unless it puts them there. */
function pointingAtNew(
  step: Step,
  table: TableFacts,
  { columns, constraint }: { readonly columns: readonly ColumnFacts[]; readonly constraint: Constraint },
): readonly Hazard[] {
  const names = columns.map(({ name }) => name)
  const condition = pointsSomewhere(names)
  const empty = columns.find(({ notNull }) => !notNull)
  const mend = `UPDATE ${tableSql(table)} AS t SET ${quoteIdentifier(empty?.name ?? '')} = NULL WHERE ${condition}`
  return [
    {
      kind: orphanBeforeForeignKey.name,
      object: objectName(table, ...(names.length === 1 ? names : [])),
      rows: `rows that point at ${constraint.pktable?.relname ?? 'a table'}, which is new`,
      table,
      condition,
      line: step.line,
      attempts: attempts(columns),
      ...(empty === undefined ? {} : { mend }),
    },
  ]
}

/** One that was there before, NOT VALID: it keeps new orphans out, so only a real database can be asked for them. */
function validated(step: Step & { readonly kind: 'validate' }, scene: Scene): readonly Hazard[] {
  const table = scene.table(step.table)
  const key = table?.foreignKeys.find(({ name }) => name === step.name)
  if (table === undefined || key === undefined) return []
  const { target } = key
  const pairs = key.columns.map((own, at) => ({ own, other: target.columns[at] ?? '' }))
  return [
    {
      kind: orphanBeforeForeignKey.name,
      object: objectName(table, ...(pairs.length === 1 ? pairs.map(({ own }) => own) : [])),
      rows: `rows that point at nothing in ${objectName({ schema: target.schema, name: target.table })}`,
      table,
      condition: pointsAtNothing({ schema: target.schema, name: target.table }, pairs),
      line: step.line,
      attempts: [],
    },
  ]
}

interface Parent {
  readonly table: TableFacts
  readonly columns: readonly string[]
}

/** Undefined where the migration makes the table that is pointed at: its rows come from the migration itself. */
function parentOf(
  { pktable, pk_attrs: named }: Constraint,
  tableOf: (range: RangeVar) => TableFacts | undefined,
  columnOf: (range: RangeVar, name: string) => string | undefined,
): Parent | undefined {
  const table = pktable === undefined ? undefined : tableOf(pktable)
  if (pktable === undefined || table === undefined) return undefined
  const names = textsOf(named)
  const columns = names.length === 0 ? keyColumns(table) : names.flatMap((name) => columnOf(pktable, name) ?? [])
  return { table, columns }
}

/** One of the columns is enough; where another constraint holds it back, the next. */
function attempts(columns: readonly ColumnFacts[]): readonly Readonly<Record<string, string>>[] {
  return columns.flatMap((column) => {
    const value = strangeValue(column)
    return value === undefined ? [] : [{ [column.name]: value }]
  })
}

/** Points at any row of the parent instead. */
function mend(
  table: TableFacts,
  parent: Parent,
  pairs: readonly { readonly own: string; readonly other: string }[],
  condition: string,
): string {
  const first = `FROM ${tableSql(parent.table)} AS p ORDER BY p.ctid LIMIT 1`
  const sets = pairs.map(({ own, other }) => `${quoteIdentifier(own)} = (SELECT p.${quoteIdentifier(other)} ${first})`)
  return `UPDATE ${tableSql(table)} AS t SET ${sets.join(', ')} WHERE ${condition}`
}
