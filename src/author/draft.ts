import type { ChangeInput } from './change-plan.ts'
import { readExpression } from './expressions.ts'
import type { Section } from './migration-text.ts'
import { droppedConstraint } from './mends/renamed-constraints.ts'
import { replacedColumns } from './renames/column-renames.ts'
import { isSameObject, type Operation, type OperationOf, preparesSchema } from './script/operation.ts'
import { renderClause, renderName, renderOperation } from './script/render-operation.ts'

/** Why a migration is a draft, and which columns and tables wait for its data step. */
export interface Draft {
  readonly reason: string
}

/**
 * Five kinds of answers cannot move a list to a join table, or look up keys in a table that is
 * made by the same migration: its rows are not there yet. Such a change is a draft.
 */
export async function movedTables(input: ChangeInput, operations: readonly Operation[]): Promise<Draft | undefined> {
  if (input.draft === true) return { reason: 'rows are to be moved by hand' }
  const created = new Set(operations.flatMap((operation) => (operation.kind === 'create-table' ? [operation.table.name] : [])))
  if (created.size === 0) return undefined
  for (const [kind, answers] of [['fill', input.answers.fill], ['cast', input.answers.cast]] as const) {
    for (const [subject, expression] of Object.entries(answers)) {
      const { tables } = await readExpression(expression, `--${kind} ${subject}`)
      const table = tables.find((name) => created.has(name))
      if (table !== undefined) return { reason: `${subject} is looked up in ${table}, which is new and has no rows yet` }
    }
  }
  return undefined
}

/** First what only adds, then the hole for a person to fill, then what takes away or demands. */
export function draftSections(operations: readonly Operation[], draft: Draft): readonly Section[] {
  const split = operations.map((operation) => splitOperation(operation, operations))
  const first = split.flatMap((parts) => parts.first)
  const last = split.flatMap((parts) => parts.last)
  return [...first.map(sectionOf), hole(draft, last), ...last.map(sectionOf)]
}

function splitOperation(
  operation: Operation,
  all: readonly Operation[],
): {
  readonly first: readonly Operation[]
  readonly last: readonly Operation[]
} {
  switch (operation.kind) {
    case 'create-index':
    case 'add-foreign-key':
      return takesName(operation, all) ? { first: [], last: [operation] } : { first: [operation], last: [] }
    case 'create-table':
    case 'create-enum':
    case 'add-enum-value':
      return { first: [operation], last: [] }
    case 'alter-table': {
      const { added } = replacedColumns(operation.clauses)
      const required = added.filter((clause) => clause.notNull && clause.defaultText === undefined)
      const first = added.map((clause) => (required.includes(clause) ? { ...clause, notNull: false } : clause))
      const rest = [
        ...operation.clauses.filter((clause) => !added.some((column) => column === clause)),
        ...required.map((clause) => ({ kind: 'set-not-null' as const, column: clause.column })),
      ]
      return {
        first: first.length === 0 ? [] : [{ ...operation, clauses: first }],
        last: rest.length === 0 ? [] : [{ ...operation, clauses: rest }],
      }
    }
    default:
      return preparesSchema(operation) ? { first: [operation], last: [] } : { first: [], last: [operation] }
  }
}

/** True where an index or constraint of the same name goes first. */
function takesName(operation: OperationOf<'create-index' | 'add-foreign-key'>, all: readonly Operation[]): boolean {
  return all.some((other) => {
    if (operation.kind === 'create-index') return other.kind === 'drop-index' && other.index.name === operation.name
    if (other.kind !== 'alter-table' || !isSameObject(other.table, operation.table)) return false
    return other.clauses.some((clause) => droppedConstraint(clause) === operation.name)
  })
}

function hole(draft: Draft, last: readonly Operation[]): Section {
  const waiting = last.flatMap((operation) => {
    if (operation.kind === 'drop-table') return [`--   DROP TABLE ${renderName(operation.table)}`]
    if (operation.kind !== 'alter-table') return []
    return operation.clauses.map((clause) => `--   ${renderName(operation.table)}: ${renderClause(clause).replaceAll(/\s+/g, ' ')}`)
  })
  const lines = [
    'DataStep',
    `-- This migration is a draft: ${draft.reason}.`,
    '-- Write the statements that move the rows here, then delete the statement below and the draft directive.',
    ...(waiting.length === 0 ? [] : ['-- Afterwards come:', ...waiting]),
  ]
  return {
    heading: lines.join('\n'),
    statements: [
      `DO $$ BEGIN RAISE EXCEPTION 'This migration is a draft: write its data step, then delete this statement.'; END $$`,
    ],
  }
}

function sectionOf(operation: Operation): Section {
  return { heading: operation.heading, statements: renderOperation(operation) }
}
