import type { Operation } from '../script/operation.ts'

/** The engine can set and drop a default in one statement; the dropped one is the old: the set one stays. */
export function mendConflictingDefaults(operations: readonly Operation[]): readonly Operation[] {
  return operations.map((operation) => {
    if (operation.kind !== 'alter-table') return operation
    const set = operation.clauses.flatMap((clause) => (clause.kind === 'set-default' ? [clause.column] : []))
    const clauses = operation.clauses.filter((clause) => clause.kind !== 'drop-default' || !set.includes(clause.column))
    return clauses.length === operation.clauses.length ? operation : { ...operation, clauses }
  })
}
