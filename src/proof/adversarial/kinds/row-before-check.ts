import type { Constraint } from 'libpg-query'
import type { ColumnFacts, TableFacts } from '../../../postgres/tables/table-facts.ts'
import { columnsIn } from '../columns-in.ts'
import { edgeValues } from '../edge-values.ts'
import type { Assignment, Hazard, HazardKind } from '../hazard.ts'
import type { Step } from '../step.ts'
import { objectName } from '../sql.ts'

/** Rows for which a new CHECK does not hold: values at the edges of what its columns take, until one is found. */
export const rowBeforeCheck: HazardKind = {
  name: 'row-before-check',
  find: (step, scene) => {
    if (step.kind === 'validate') return validated(step, scene.table(step.table))
    if (step.kind !== 'add-constraint' || step.constraint.contype !== 'CONSTR_CHECK') return []
    if (step.constraint.skip_validation === true) return []
    const table = scene.table(step.table)
    const used = columnsIn(step.constraint.raw_expr)
    const columns = used.flatMap((name) => scene.column(step.table, name) ?? [])
    const expression = step.parts.inParentheses('CHECK').join(', ')
    if (table === undefined || columns.length < used.length) return []
    return expression === '' ? [] : [hazardOf(step, step.constraint, { table, columns, expression })]
  },
}

/** One that was there before, NOT VALID: it keeps new rows out, so only those of a real database can be looked for. */
function validated(step: Step & { readonly kind: 'validate' }, table: TableFacts | undefined): readonly Hazard[] {
  const check = table?.checks.find(({ name }) => name === step.name)
  if (table === undefined || check === undefined) return []
  return [
    {
      kind: rowBeforeCheck.name,
      object: objectName(table),
      rows: `rows that do not satisfy ${check.name}`,
      table,
      condition: `NOT (${check.expression})`,
      line: step.line,
      attempts: [],
    },
  ]
}

interface Checked {
  readonly table: TableFacts
  readonly columns: readonly ColumnFacts[]
  readonly expression: string
}

function hazardOf(step: Step, constraint: Constraint, { table, columns, expression }: Checked): Hazard {
  const { conname, raw_expr: tree } = constraint
  return {
    kind: rowBeforeCheck.name,
    object: objectName(table),
    rows: `rows that do not satisfy ${conname ?? `CHECK (${expression})`}`,
    table,
    condition: `NOT (${expression})`,
    line: step.line,
    attempts: columns.flatMap((column) =>
      edgeValues(column, tree).map((value): Assignment => ({ [column.name]: value })),
    ),
  }
}
