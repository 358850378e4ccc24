import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Clause, Operation } from '../script/operation.ts'
import { unquote } from '../script/read-clauses.ts'
import { renderName } from '../script/render-operation.ts'

/**
 * Where the columns of a primary key change in a table that was renamed, the engine drops the old key,
 * adds the new one under its new name, and then renames the old one, which is gone.
 */
export function dropRenamesOfDropped(operations: readonly Operation[]): readonly Operation[] {
  return operations.filter((operation, at) => {
    if (operation.kind !== 'other') return true
    return !operations.slice(0, at).some((earlier) => renamesDropped(operation.text, earlier))
  })
}

function renamesDropped(text: string, earlier: Operation): boolean {
  if (earlier.kind !== 'alter-table') return false
  const dropped = earlier.clauses.flatMap((clause) => droppedConstraint(clause) ?? [])
  const start = `ALTER TABLE ${renderName(earlier.table)} RENAME CONSTRAINT`
  return dropped.some((name) => text.startsWith(`${start} ${quoteIdentifier(name)} TO `))
}

/** The name in `DROP CONSTRAINT "name"`. */
export function droppedConstraint(clause: Clause): string | undefined {
  const name = clause.kind === 'other' ? /^DROP CONSTRAINT ("(?:[^"]|"")+")$/.exec(clause.text)?.[1] : undefined
  return name === undefined ? undefined : unquote(name)
}
