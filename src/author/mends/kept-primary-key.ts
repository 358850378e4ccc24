import type { Clause, Operation } from '../script/operation.ts'
import { splitAtCommas, unquote } from '../script/read-clauses.ts'
import { findTable, type StartFacts } from '../start-facts.ts'
import { droppedConstraint } from './renamed-constraints.ts'

/**
 * Where the type of a key's column changes, the engine drops the primary key and adds the same again.
 * PostgreSQL changes the type with the key in place, and a foreign key that the schema does not know
 * would not let it go.
 */
export function keepPrimaryKeys(operations: readonly Operation[], facts: StartFacts): readonly Operation[] {
  return operations.map((operation) => {
    if (operation.kind !== 'alter-table') return operation
    const key = findTable(facts, operation.table)?.primaryKey ?? []
    const kept = operation.clauses.flatMap((clause) => {
      const added = readAddedKey(clause)
      return added !== undefined && isSameList(added.columns, key) ? [added.name] : []
    })
    if (operation.clauses.some((clause) => clause.kind === 'drop-column' && key.includes(clause.column))) return operation
    const dropped = operation.clauses.flatMap((clause) => droppedConstraint(clause) ?? [])
    const names = kept.filter((name) => dropped.includes(name))
    if (names.length === 0) return operation
    const isKept = (clause: Clause): boolean => names.includes(readAddedKey(clause)?.name ?? droppedConstraint(clause) ?? '')
    return { ...operation, clauses: operation.clauses.filter((clause) => !isKept(clause)) }
  })
}

const identifier = /"(?:[^"]|"")+"/.source

/** `ADD CONSTRAINT "name" PRIMARY KEY ("a", "b")` */
export function readAddedKey(
  clause: Clause,
): { readonly name: string; readonly columns: readonly string[] } | undefined {
  if (clause.kind !== 'other') return undefined
  const match = new RegExp(`^ADD CONSTRAINT (${identifier}) PRIMARY KEY \\(([\\s\\S]+)\\)$`).exec(clause.text)
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  return { name: unquote(match[1]), columns: splitAtCommas(match[2]).map(unquote) }
}

function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((member, at) => member === right[at])
}
