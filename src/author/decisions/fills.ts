import { quoteIdentifier } from '../../postgres/quote.ts'
import { isSafeCast, readColumnType } from '../column-types.ts'
import { enclose } from '../expressions.ts'
import { fieldSubject, fieldSubjects } from '../names.ts'
import { findAnswer, findDeletion } from '../renames/find-answer.ts'
import { openKey, type UsedAnswer } from '../renames/rename.ts'
import { type Clause, isSameObject, type ObjectName, type Operation, preparesTypes } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { findColumn } from '../start-facts.ts'
import type { CountedQuestion, Decision, DecisionInput } from './decision.ts'
import { type FillSubject, fillQuestion, noFill } from './fill-question.ts'
import { replacedEnumOf } from './filled-enums.ts'

/** What comes before everything else, so that an expression sees the row as it was. */
export interface FillDecision extends Decision {
  /** New types and schemas, the new columns, then one UPDATE a table. */
  readonly first: readonly Operation[]
}

/**
 * What new fields get in existing rows, and what the NULLs of an optional field become that is now
 * required. An expression may use columns that this migration drops, or whose type it changes.
 * A fill is never left behind as a default.
 */
export function decideFills(input: DecisionInput): FillDecision {
  const decided = input.operations.map((operation) =>
    operation.kind === 'alter-table' ? fillTable(operation.table, operation.clauses, input) : undefined,
  )
  const questions = decided.flatMap((table) => table?.questions ?? [])
  const used = decided.flatMap((table) => table?.used ?? [])
  if (used.length === 0) return { first: [], operations: input.operations, questions, used }
  const early = decided.flatMap((table) => table?.early ?? [])
  const updates = decided.flatMap((table) => table?.updates ?? [])
  const rest = input.operations.map((operation, at) => {
    const table = decided[at]
    return operation.kind === 'alter-table' && table !== undefined ? { ...operation, clauses: table.rest } : operation
  })
  const kept = rest.filter((operation) => !isEmpty(operation) && !preparesTypes(operation))
  const late = decided.flatMap((table) => table?.late ?? [])
  const isTyped = late.some(({ kind }) => kind === 'alter-table')
  const place = kept.findLastIndex((one) => one.kind === 'replace-enum' || (isTyped && isRemoval(one))) + 1
  const first = [...rest.filter(preparesTypes), ...early, ...updates]
  return { first, operations: kept.toSpliced(place, 0, ...late), questions, used }
}

interface FilledTable {
  readonly early: readonly Operation[]
  readonly updates: readonly Operation[]
  /** Where NULLs are filled, the column has its new type: it gets it before, or with the replacement of its enum. */
  readonly late: readonly Operation[]
  readonly rest: readonly Clause[]
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
}

type AddedColumn = Extract<Clause, { readonly kind: 'add-column' }>

interface Assignment {
  readonly column: string
  readonly expression: string
  readonly onlyNulls: boolean
}

interface FilledClause {
  readonly early?: Clause
  readonly assignment?: Assignment
  readonly rest: readonly Clause[]
  readonly question?: CountedQuestion
  readonly used?: UsedAnswer
}

function fillTable(table: ObjectName, clauses: readonly Clause[], input: DecisionInput): FilledTable {
  const filled = clauses.map((clause) =>
    isReplaced(clause, clauses, table, input) ? { rest: [clause] } : fillClause(table, clause, clauses, input),
  )
  const early = filled.flatMap((clause) => clause.early ?? [])
  const assignments = filled.flatMap((clause) => clause.assignment ?? [])
  const newColumns = assignments.filter((assignment) => !assignment.onlyNulls)
  const nulls = assignments.filter((assignment) => assignment.onlyNulls)
  const isFilled = (name: string): boolean => nulls.some(({ column }) => column === name)
  const types = clauses.filter((clause) => clause.kind === 'set-type' && isFilled(clause.column))
  const typing: Operation = { kind: 'alter-table', heading: 'AlterTable', table, clauses: types }
  const updates =
    newColumns.length === 0 ? [] : [`UPDATE ${renderName(table)} SET ${newColumns.map(assign).join(', ')}`]
  return {
    early: early.length === 0 ? [] : [{ kind: 'alter-table', heading: 'AlterTable', table, clauses: early }],
    updates: updates.map(updateOf),
    late: [...(types.length === 0 ? [] : [typing]), ...nulls.map((one) => updateOf(fillNull(table, one)))],
    rest: filled.flatMap((clause) => clause.rest).filter((clause) => !types.includes(clause)),
    questions: filled.flatMap((clause) => clause.question ?? []),
    used: filled.flatMap((clause) => clause.used ?? []),
  }
}

/** Indexes and foreign keys go before the type of their column changes. */
function isRemoval({ kind, heading }: Operation): boolean {
  return kind === 'drop-index' || heading === 'DropForeignKey'
}

function updateOf(text: string): Operation {
  return { kind: 'update', heading: 'Fill', text }
}

function assign(assignment: Assignment): string {
  return `${quoteIdentifier(assignment.column)} = ${enclose(assignment.expression)}`
}

function fillNull(table: ObjectName, assignment: Assignment): string {
  return `UPDATE ${renderName(table)} SET ${assign(assignment)} WHERE ${quoteIdentifier(assignment.column)} IS NULL`
}

function fillClause(
  table: ObjectName,
  clause: Clause,
  clauses: readonly Clause[],
  input: DecisionInput,
): FilledClause {
  if (clause.kind === 'add-column') return fillNewColumn(table, clause, input)
  if (clause.kind === 'set-not-null') return fillNulls(table, clause.column, clauses, input)
  return { rest: [clause] }
}

function fillNewColumn(table: ObjectName, clause: AddedColumn, input: DecisionInput): FilledClause {
  const { column } = clause
  const answer = findAnswer(input.answers.fill, fieldSubjects(input.names, table, column))
  if (answer === undefined) {
    const isRequired = clause.notNull && clause.defaultText === undefined && !isSerial(clause.type)
    const subject = { isNew: true, table, column, type: clause.type, defaultText: undefined }
    return { rest: [clause], ...(isRequired ? ask(subject, input) : {}) }
  }
  const used = usedFill(table, column, answer, input)
  if (answer.answer === noFill) return { rest: [clause], used }
  // Its enum is replaced afterwards, so until then it holds labels of both as text.
  const asText = readColumnType(clause.type).isList ? 'TEXT[]' : 'TEXT'
  const type = replacedEnumOf(clause.type, input) === undefined ? clause.type : asText
  const early: Clause = { ...clause, type, notNull: false, defaultText: undefined }
  const rest: Clause[] = []
  if (clause.defaultText !== undefined) rest.push({ kind: 'set-default', column, expression: clause.defaultText })
  if (clause.notNull) rest.push({ kind: 'set-not-null', column })
  return { early, assignment: { column, expression: answer.answer, onlyNulls: false }, rest, used }
}

function fillNulls(
  table: ObjectName,
  column: string,
  clauses: readonly Clause[],
  input: DecisionInput,
): FilledClause {
  const clause: Clause = { kind: 'set-not-null', column }
  const answer = findAnswer(input.answers.fill, fieldSubjects(input.names, table, column))
  if (answer === undefined) {
    return { rest: [clause], ...ask(nullSubject(table, column, clauses, input), input) }
  }
  const used = usedFill(table, column, answer, input)
  if (answer.answer === noFill) return { rest: [clause], used }
  return { assignment: { column, expression: answer.answer, onlyNulls: true }, rest: [clause], used }
}

/** NULLs are filled after the casts, so that its type is the new one; a default of the old type is none any more. */
function nullSubject(
  table: ObjectName,
  column: string,
  clauses: readonly Clause[],
  { facts }: DecisionInput,
): FillSubject {
  const before = findColumn(facts, table, column)
  const own = clauses.filter((clause) => 'column' in clause && clause.column === column)
  const retyped = own.find((clause) => clause.kind === 'set-type')
  const set = own.find((clause) => clause.kind === 'set-default')
  const type = (retyped?.kind === 'set-type' ? retyped.type : before?.type) ?? 'text'
  const isRetyped = before !== undefined && !isSafeCast(readColumnType(before.type), readColumnType(type))
  const kept = isRetyped ? undefined : before?.defaultText
  const defaultText = (set?.kind === 'set-default' ? set.expression : kept) ?? undefined
  return { isNew: false, isRetyped, table, column, type, defaultText }
}

function usedFill(
  table: ObjectName,
  column: string,
  answer: { readonly key: string; readonly answer: string },
  input: DecisionInput,
): UsedAnswer {
  return { kind: 'fill', ...answer, subject: fieldSubject(input.names, table, column) }
}

function ask(subject: FillSubject, input: DecisionInput): { question?: CountedQuestion } {
  const { table, column } = subject
  const isOpen = (key: string): boolean => input.open.includes(key)
  if (input.draft || referencedBy(subject, input.operations).some((name) => isOpen(openKey(name)))) return {}
  const question = fillQuestion(subject, input)
  if (!isOpen(openKey(table, column))) return { question }
  // Told with the rest, so that one run shows every question; answered only where the rename is not.
  const message = `Unless it is the new name of another field: ${question.message.replace(/^The/, 'the')}`
  return subject.isNew ? { question: { ...question, message, unlessRenamed: true } } : {}
}

/** The tables whose rows a foreign key of the column needs. */
function referencedBy({ table, column }: FillSubject, operations: readonly Operation[]): readonly ObjectName[] {
  return operations.flatMap((operation) => {
    if (operation.kind !== 'add-foreign-key' || !isSameObject(operation.table, table)) return []
    return operation.columns.includes(column) ? [operation.references] : []
  })
}

/** A column that is dropped and added changes its type: that is a cast, unless its values are to go. */
function isReplaced(clause: Clause, clauses: readonly Clause[], table: ObjectName, input: DecisionInput): boolean {
  if (clause.kind !== 'add-column') return false
  if (!clauses.some((other) => other.kind === 'drop-column' && other.column === clause.column)) return false
  return findDeletion(input.answers, fieldSubjects(input.names, table, clause.column)) === undefined
}

/** A serial column numbers the existing rows by itself. */
function isSerial(type: string): boolean {
  return /^(SMALL|BIG)?SERIAL$/i.test(type)
}

function isEmpty(operation: Operation): boolean {
  return operation.kind === 'alter-table' && operation.clauses.length === 0
}
