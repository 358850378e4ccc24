import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import type { Clause, ObjectName, Operation } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { findColumn, type StartFacts } from '../start-facts.ts'

/**
 * An existing column that becomes `autoincrement()`, or that is and changes its type. The engine writes
 * `SET DATA TYPE BIGSERIAL`, which PostgreSQL refuses, or makes a sequence that starts at 1 and collides
 * with the rows. A sequence that is there stays and takes the new type; a new one goes on after the largest value.
 */
export function mendNumberedColumns(operations: readonly Operation[], facts: StartFacts): readonly Operation[] {
  return operations.flatMap((operation) =>
    operation.kind === 'alter-table' ? mendTable(operation, facts) : [operation],
  )
}

type Altered = Extract<Operation, { readonly kind: 'alter-table' }>

function mendTable(operation: Altered, facts: StartFacts): readonly Operation[] {
  const { table, clauses } = operation
  const numbered = clauses.flatMap((clause) => numberedColumn(table, clause, clauses, facts) ?? [])
  const sequenced = clauses.flatMap((clause) => sequencedColumn(clause))
  if (numbered.length + sequenced.length === 0) return [operation]
  const made = numbered.filter(({ state }) => state === 'none')
  const mended = clauses.flatMap((clause) => {
    const column = clause.kind === 'set-type' ? numbered.find((own) => own.column === clause.column) : undefined
    return column === undefined ? [clause] : mendedClauses(column)
  })
  const owned = numbered.filter(({ state }) => state === 'owned')
  const fresh = made.map(({ column, sequence }) => ({ column, sequence: quoteLiteral(sequence) }))
  const renumbered = [...fresh, ...sequenced]
  return [
    ...made.map(({ sequence }) => other(`CREATE SEQUENCE ${sequence}`)),
    ...(mended.length === 0 ? [] : [{ ...operation, clauses: mended }]),
    ...owned.map(({ sequence, type }) => other(`ALTER SEQUENCE ${sequence} AS ${type}`)),
    ...made.map(({ sequence, column }) =>
      other(`ALTER SEQUENCE ${sequence} OWNED BY ${renderName(table)}.${quoteIdentifier(column)}`),
    ),
    ...renumbered.map(({ column, sequence }) => goOnAfterRows(table, column, sequence)),
  ]
}

interface NumberedColumn {
  readonly column: string
  /** The integer type that the serial type stands for. */
  readonly type: string
  readonly changesType: boolean
  /** As SQL. */
  readonly sequence: string
  /** `owned`: it has a sequence already; `made`: the engine's own statements make one; `none`: neither. */
  readonly state: 'owned' | 'made' | 'none'
}

const serials: ReadonlyMap<string, readonly [type: string, name: string]> = new Map([
  ['SMALLSERIAL', ['SMALLINT', 'smallint']],
  ['SERIAL', ['INTEGER', 'integer']],
  ['BIGSERIAL', ['BIGINT', 'bigint']],
])

function numberedColumn(
  table: ObjectName,
  clause: Clause,
  clauses: readonly Clause[],
  facts: StartFacts,
): NumberedColumn | undefined {
  const serial = clause.kind === 'set-type' ? serials.get(clause.type) : undefined
  if (clause.kind !== 'set-type' || serial === undefined) return undefined
  const { column } = clause
  const [type, name] = serial
  const before = findColumn(facts, table, column)
  const owned = /^nextval\('((?:[^']|'')+)'::regclass\)$/.exec(before?.defaultText ?? '')?.[1]
  const isMade = clauses.some((own) => sequencedColumn(own).some((sequenced) => sequenced.column === column))
  return {
    column,
    type,
    changesType: before?.type !== name,
    sequence: owned?.replaceAll("''", "'") ?? sequenceName(table, column),
    state: isMade ? 'made' : owned === undefined ? 'none' : 'owned',
  }
}

function mendedClauses({ column, type, changesType, sequence, state }: NumberedColumn): readonly Clause[] {
  return [
    ...(changesType ? [{ kind: 'set-type' as const, column, type, using: undefined }] : []),
    ...(state === 'none'
      ? [{ kind: 'set-default' as const, column, expression: `nextval(${quoteLiteral(sequence)})` }]
      : []),
  ]
}

/** A column whose default becomes a sequence that the engine makes, with the sequence as a literal. */
function sequencedColumn(clause: Clause): readonly { readonly column: string; readonly sequence: string }[] {
  if (clause.kind !== 'set-default') return []
  const sequence = /^nextval\(('(?:[^']|'')+')/.exec(clause.expression)?.[1]
  return sequence === undefined ? [] : [{ column: clause.column, sequence }]
}

function sequenceName(table: ObjectName, column: string): string {
  return renderName({ ...table, name: `${table.name}_${column}_seq`.slice(0, 63) })
}

function goOnAfterRows(table: ObjectName, column: string, sequence: string): Operation {
  const largest = `(SELECT max(${quoteIdentifier(column)}) FROM ${renderName(table)})`
  return { kind: 'other', heading: 'SetSequence', text: `SELECT setval(${sequence}, GREATEST(${largest}, 0) + 1, false)` }
}

function other(text: string): Operation {
  return { kind: 'other', text }
}
