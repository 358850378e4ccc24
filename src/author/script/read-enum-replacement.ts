import type { Statement } from '../../postgres/statements/statement.ts'
import type { EnumColumn, ObjectName, Operation, OperationOf } from './operation.ts'
import { readEnumColumn, readStatement } from './read-statement.ts'

/**
 * The engine replaces an enum whose values it must take away by a block from BEGIN to COMMIT:
 * a new type, every column turned to it, the names swapped, the defaults set again.
 * Undefined where no such block begins at `start`.
 */
export function readEnumReplacement(
  statements: readonly Statement[],
  start: number,
): { readonly operation: Operation; readonly next: number } | undefined {
  if (statements[start]?.text !== 'BEGIN') return undefined
  const length = statements.slice(start).findIndex((statement) => statement.text === 'COMMIT')
  if (length === -1) return undefined
  const block = statements.slice(start + 1, start + length)
  const created = block
    .map((statement) => readStatement(statement))
    .find((operation) => operation.kind === 'create-enum')
  if (created === undefined) return undefined
  const type: ObjectName = { schema: created.type.schema, name: created.type.name.replace(/_new$/, '') }
  const columns = block.flatMap((statement) => readEnumColumn(statement.text) ?? [])
  return {
    operation: {
      kind: 'replace-enum',
      heading: 'AlterEnum',
      type,
      values: created.values,
      columns: columns.map((column) => ({ ...column, ...defaultsOf(block, column) })),
    },
    next: start + length + 1,
  }
}

function defaultsOf(
  block: readonly Statement[],
  column: Pick<EnumColumn, 'table' | 'column'>,
): Pick<EnumColumn, 'dropsDefault' | 'defaultText'> {
  const clauses = block
    .map((statement) => readStatement(statement))
    .filter((operation): operation is OperationOf<'alter-table'> => operation.kind === 'alter-table')
    .filter((operation) => isSameTable(operation.table, column.table))
    .flatMap((operation) => operation.clauses)
    .filter((clause) => clause.kind !== 'other' && clause.column === column.column)
  const set = clauses.find((clause) => clause.kind === 'set-default')
  return { dropsDefault: clauses.some((clause) => clause.kind === 'drop-default'), defaultText: set?.expression }
}

/** Within one block the engine writes the table of DROP DEFAULT with its schema and the others without. */
function isSameTable(left: ObjectName, right: ObjectName): boolean {
  return (
    left.name === right.name &&
    (left.schema === right.schema || left.schema === undefined || right.schema === undefined)
  )
}
