import { readConditions } from '../postgres/dependents/column-conditions.ts'
import { type ColumnReference, type Dependent, readDependents } from '../postgres/dependents/dependents.ts'
import { dependentObject } from './errors.ts'
import type { PlanContext, PlanState } from './plan-context.ts'
import { replacedColumns } from './renames/column-renames.ts'
import type { ObjectName, Operation } from './script/operation.ts'
import { findTable } from './start-facts.ts'

/**
 * What hangs on the columns and tables that go. What PostgreSQL would take away with a column is noted.
 * @throws AUTHOR_DEPENDENT_OBJECT where a view, a policy or a trigger still uses one of them
 */
export async function checkRemovedColumns(
  operations: readonly Operation[],
  state: PlanState,
  context: PlanContext,
): Promise<readonly string[]> {
  const columns = operations.flatMap((operation) => removedColumns(operation, state))
  const tables = operations.flatMap((operation) => (operation.kind === 'drop-table' ? [operation.table] : []))
  if (columns.length + tables.length === 0) return []
  const connection = await context.input.start.open()
  refuse(await readDependents(connection, columns))
  refuse((await readDependents(connection, tables.flatMap((table) => allColumns(table, state)))).filter(isView))
  const dropped = operations.flatMap((operation) => (operation.kind === 'drop-index' ? [operation.index.name] : []))
  const conditions = await readConditions(connection, columns)
  return conditions
    .filter(({ name }) => !dropped.includes(name))
    .map(({ kind, name, column }) => `The ${kind} ${name} goes with ${column}.`)
}

function removedColumns(operation: Operation, state: PlanState): readonly ColumnReference[] {
  if (operation.kind !== 'alter-table') return []
  const { table, clauses } = operation
  return replacedColumns(clauses).dropped.map((column) => reference(table, column, state))
}

function allColumns(table: ObjectName, state: PlanState): readonly ColumnReference[] {
  return (findTable(state.facts, table)?.columns ?? []).map(({ name }) => reference(table, name, state))
}

function reference(table: ObjectName, column: string, { facts }: PlanState): ColumnReference {
  return { schema: table.schema ?? facts.schema, table: table.name, column }
}

/** What else hangs on a table goes with it. */
function isView({ kind }: Dependent): boolean {
  return kind === 'view' || kind === 'materialized view'
}

function refuse([first]: readonly Dependent[]): void {
  if (first !== undefined) throw dependentObject(first.kind, first.name, first.column, 'takes away')
}
