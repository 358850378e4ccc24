import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import type { Clause, ObjectName, Operation } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'

/**
 * An existing column that becomes `autoincrement()`. The engine writes `SET DATA TYPE BIGSERIAL`, which
 * PostgreSQL refuses, or makes a sequence that starts at 1 and collides with the rows. Either way the
 * column gets a sequence that goes on after its largest value.
 */
export function mendNumberedColumns(operations: readonly Operation[]): readonly Operation[] {
  return operations.flatMap((operation) =>
    operation.kind === 'alter-table' ? mendTable(operation, operation.table, operation.clauses) : [operation],
  )
}

function mendTable(operation: Operation, table: ObjectName, clauses: readonly Clause[]): readonly Operation[] {
  const serial = clauses.flatMap((clause) => (clause.kind === 'set-type' && serials.has(clause.type) ? [clause.column] : []))
  const sequenced = clauses.flatMap((clause) => {
    const sequence = clause.kind === 'set-default' ? sequenceOf(clause.expression) : undefined
    return clause.kind === 'set-default' && sequence !== undefined ? [{ column: clause.column, sequence }] : []
  })
  if (serial.length + sequenced.length === 0) return [operation]
  const created = serial.map((column) => ({ column, sequence: quoteLiteral(sequenceName(table, column)) }))
  const mended = clauses.map((clause): Clause => {
    const own = created.find(({ column }) => clause.kind === 'set-type' && clause.column === column)
    return own === undefined ? clause : { kind: 'set-default', column: own.column, expression: `nextval(${own.sequence})` }
  })
  return [
    ...serial.map((column): Operation => ({ kind: 'other', text: `CREATE SEQUENCE ${sequenceName(table, column)}` })),
    { kind: 'alter-table', heading: 'AlterTable', table, clauses: mended },
    ...serial.map(
      (column): Operation => ({
        kind: 'other',
        text: `ALTER SEQUENCE ${sequenceName(table, column)} OWNED BY ${renderName(table)}.${quoteIdentifier(column)}`,
      }),
    ),
    ...[...created, ...sequenced].map(({ column, sequence }) => goOnAfterRows(table, column, sequence)),
  ]
}

const serials = new Set(['SERIAL', 'BIGSERIAL', 'SMALLSERIAL'])

function sequenceName(table: ObjectName, column: string): string {
  return renderName({ ...table, name: `${table.name}_${column}_seq`.slice(0, 63) })
}

/** The literal within `nextval('…')`. */
function sequenceOf(expression: string): string | undefined {
  return /^nextval\(('(?:[^']|'')+')/.exec(expression)?.[1]
}

function goOnAfterRows(table: ObjectName, column: string, sequence: string): Operation {
  const largest = `(SELECT max(${quoteIdentifier(column)}) FROM ${renderName(table)})`
  return { kind: 'other', heading: 'SetSequence', text: `SELECT setval(${sequence}, GREATEST(${largest}, 0) + 1, false)` }
}
