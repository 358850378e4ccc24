import type { Constraint } from 'libpg-query'
import type { ColumnFacts, TableFacts } from '../../../postgres/tables/table-facts.ts'
import { columnsIn } from '../columns-in.ts'
import { edgeValues } from '../edge-values.ts'
import type { Assignment, Hazard, HazardKind } from '../hazard.ts'
import type { Step } from '../step.ts'

/** Rows that a new CHECK does not hold for: values at the edges of what its columns take are tried until one is found. */
export const rowBeforeCheck: HazardKind = {
  name: 'row-before-check',
  find: (step, scene) => {
    if (step.kind !== 'add-constraint' || step.constraint.contype !== 'CONSTR_CHECK') return []
    if (step.constraint.skip_validation === true) return []
    const table = scene.table(step.table)
    const used = columnsIn(step.constraint.raw_expr)
    const columns = used.flatMap((name) => scene.column(step.table, name) ?? [])
    const expression = step.parts.inParentheses('CHECK').join(', ')
    if (table === undefined || columns.length < used.length || columns.some(({ name }) => !used.includes(name))) return []
    return expression === '' ? [] : [hazardOf(step, step.constraint, { table, columns, expression })]
  },
}

interface Checked {
  readonly table: TableFacts
  readonly columns: readonly ColumnFacts[]
  readonly expression: string
}

function hazardOf(step: Step, { conname, raw_expr: tree }: Constraint, { table, columns, expression }: Checked): Hazard {
  return {
    kind: rowBeforeCheck.name,
    object: `${table.schema}.${table.name}`,
    rows: `rows that do not satisfy ${conname ?? `CHECK (${expression})`}`,
    table,
    condition: `NOT (${expression})`,
    line: step.line,
    attempts: columns.flatMap((column) => edgeValues(column, tree).map((value): Assignment => ({ [column.name]: value }))),
  }
}
