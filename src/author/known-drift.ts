import type { Rename } from './renames/rename.ts'
import { type Clause, isSameObject, type Operation } from './script/operation.ts'
import { renderClause, renderName, renderOperation } from './script/render-operation.ts'

/** What a difference wants to take away although no edit of the schema did. */
export interface KnownDrift {
  /** The operations without it. */
  readonly operations: readonly Operation[]
  /** What was left alone, as SQL. */
  readonly leftAlone: readonly string[]
}

/**
 * Takes out of a difference what stood in it before the schema was edited, as far as it drops
 * something: an index, a default, a table written by hand in an earlier migration, which the Prisma
 * schema cannot express or does not know. What the schema has and the history lacks stays in.
 * @param drift the difference between the history's end and the schema as of the last migration
 */
export function leaveDriftAlone(operations: readonly Operation[], drift: readonly Operation[]): KnownDrift {
  const known = new Set(drift.flatMap(takingAway))
  if (known.size === 0) return { operations, leftAlone: [] }
  const leftAlone: string[] = []
  const kept = operations.flatMap((operation): readonly Operation[] => {
    const parts = takingAway(operation)
    leftAlone.push(...parts.filter((part) => known.has(part)))
    if (operation.kind !== 'alter-table') return parts.some((part) => known.has(part)) ? [] : [operation]
    const clauses = operation.clauses.filter((clause) => !known.has(clauseKey(operation, clause)))
    return clauses.length === 0 ? [] : [{ ...operation, clauses }]
  })
  return { operations: kept, leftAlone }
}

/** True where an operation takes something away that may have been there for a reason. */
export function takesAway(operation: Operation): boolean {
  return takingAway(operation).length > 0
}

/** The drift as it reads once tables and columns have other names. */
export function driftAfterRenames(drift: readonly Operation[], renames: readonly Rename[]): readonly Operation[] {
  return renames.reduce((renamed, rename) => renamed.flatMap((operation) => afterRename(operation, rename)), drift)
}

function afterRename(operation: Operation, { object, column }: Rename): readonly Operation[] {
  if (operation.kind === 'drop-index' && object !== undefined && object.before.schema !== object.now.schema) {
    // Which table it belongs to is not said: an index moves with its table.
    const index = { schema: object.now.schema, name: operation.index.name }
    return [operation, { ...operation, index, text: `DROP INDEX ${renderName(index)}` }]
  }
  if (operation.kind !== 'alter-table') return [operation]
  if (object !== undefined && isSameObject(operation.table, object.before)) return [{ ...operation, table: object.now }]
  if (column === undefined || !isSameObject(operation.table, column.table)) return [operation]
  const clauses = operation.clauses.map((clause) =>
    'column' in clause && clause.column === column.before ? { ...clause, column: column.now } : clause,
  )
  return [{ ...operation, clauses }]
}

/** The parts of an operation that take something away, as SQL. */
function takingAway(operation: Operation): readonly string[] {
  if (operation.kind === 'drop-table' || operation.kind === 'drop-index' || operation.kind === 'drop-enum') {
    return renderOperation(operation)
  }
  if (operation.kind !== 'alter-table') return []
  return operation.clauses.filter(isTakingAway).map((clause) => clauseKey(operation, clause))
}

function isTakingAway(clause: Clause): boolean {
  return (
    clause.kind === 'drop-column' ||
    clause.kind === 'drop-default' ||
    (clause.kind === 'other' && clause.text.startsWith('DROP CONSTRAINT'))
  )
}

function clauseKey(operation: Extract<Operation, { kind: 'alter-table' }>, clause: Clause): string {
  return `ALTER TABLE ${renderName(operation.table)} ${renderClause(clause)}`
}
