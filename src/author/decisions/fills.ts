import { quoteIdentifier } from '../../postgres/quote.ts'
import { readColumnType } from '../column-types.ts'
import { fieldSubject, fieldSubjects } from '../names.ts'
import { flagText, type Candidate } from '../question.ts'
import { findAnswer, findDeletion } from '../renames/find-answer.ts'
import { openKey, type UsedAnswer } from '../renames/rename.ts'
import type { Clause, ObjectName, Operation } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { findColumn, findEnum } from '../start-facts.ts'
import type { CountedQuestion, Decision, DecisionInput } from './decision.ts'

/** Says that no row needs a value; the migration stops where one does. */
export const noFill = 'none'

/**
 * What new fields get in existing rows, and what the NULLs of an optional field become that is now
 * required. The columns come first, then one UPDATE a table, then everything else, so that an
 * expression may use columns that this migration drops. A fill is never left behind as a default.
 */
export function decideFills(input: DecisionInput): Decision {
  const decided = input.operations.map((operation) =>
    operation.kind === 'alter-table' ? fillTable(operation.table, operation.clauses, input) : undefined,
  )
  const questions = decided.flatMap((table) => table?.questions ?? [])
  const used = decided.flatMap((table) => table?.used ?? [])
  if (used.length === 0) return { operations: input.operations, questions, used }
  const early = decided.flatMap((table) => table?.early ?? [])
  const updates = decided.flatMap((table) => table?.updates ?? [])
  const rest = input.operations.map((operation, at) => {
    const table = decided[at]
    return operation.kind === 'alter-table' && table !== undefined ? { ...operation, clauses: table.rest } : operation
  })
  return { operations: [...early, ...updates, ...rest.filter((operation) => !isEmpty(operation))], questions, used }
}

interface FilledTable {
  readonly early: readonly Operation[]
  readonly updates: readonly Operation[]
  readonly rest: readonly Clause[]
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
}

type AddedColumn = Extract<Clause, { readonly kind: 'add-column' }>

interface FilledClause {
  readonly early?: Clause
  readonly assignment?: { readonly column: string; readonly expression: string; readonly onlyNulls: boolean }
  readonly rest: readonly Clause[]
  readonly question?: CountedQuestion
  readonly used?: UsedAnswer
}

function fillTable(table: ObjectName, clauses: readonly Clause[], input: DecisionInput): FilledTable {
  const filled = clauses.map((clause) =>
    isReplaced(clause, clauses, table, input) ? { rest: [clause] } : fillClause(table, clause, input),
  )
  const early = filled.flatMap((clause) => clause.early ?? [])
  const assignments = filled.flatMap((clause) => clause.assignment ?? [])
  const newColumns = assignments.filter((assignment) => !assignment.onlyNulls)
  const updates = [
    ...(newColumns.length === 0 ? [] : [`UPDATE ${renderName(table)} SET ${newColumns.map(assign).join(', ')}`]),
    ...assignments
      .filter((assignment) => assignment.onlyNulls)
      .map((a) => `UPDATE ${renderName(table)} SET ${assign(a)} WHERE ${quoteIdentifier(a.column)} IS NULL`),
  ]
  return {
    early: early.length === 0 ? [] : [{ kind: 'alter-table', heading: 'AlterTable', table, clauses: early }],
    updates: updates.map((text) => ({ kind: 'update', heading: 'Fill', text })),
    rest: filled.flatMap((clause) => clause.rest),
    questions: filled.flatMap((clause) => clause.question ?? []),
    used: filled.flatMap((clause) => clause.used ?? []),
  }
}

function assign(assignment: { readonly column: string; readonly expression: string }): string {
  return `${quoteIdentifier(assignment.column)} = (${assignment.expression})`
}

function fillClause(table: ObjectName, clause: Clause, input: DecisionInput): FilledClause {
  if (clause.kind === 'add-column') return fillNewColumn(table, clause, input)
  if (clause.kind === 'set-not-null') return fillNulls(table, clause.column, input)
  return { rest: [clause] }
}

function fillNewColumn(table: ObjectName, clause: AddedColumn, input: DecisionInput): FilledClause {
  const { column } = clause
  const answer = findAnswer(input.answers.fill, fieldSubjects(input.names, table, column))
  if (answer === undefined) {
    const isRequired = clause.notNull && clause.defaultText === undefined && !isSerial(clause.type)
    const question = { isNew: true, column, type: clause.type }
    return { rest: [clause], ...(isRequired ? ask(table, question, input) : {}) }
  }
  const used = usedFill(table, column, answer, input)
  if (answer.answer === noFill) return { rest: [clause], used }
  const early: Clause = { ...clause, notNull: false, defaultText: undefined }
  const rest: Clause[] = []
  if (clause.defaultText !== undefined) rest.push({ kind: 'set-default', column, expression: clause.defaultText })
  if (clause.notNull) rest.push({ kind: 'set-not-null', column })
  return { early, assignment: { column, expression: answer.answer, onlyNulls: false }, rest, used }
}

function fillNulls(table: ObjectName, column: string, input: DecisionInput): FilledClause {
  const clause: Clause = { kind: 'set-not-null', column }
  const answer = findAnswer(input.answers.fill, fieldSubjects(input.names, table, column))
  if (answer === undefined) {
    const type = findColumn(input.facts, table, column)?.type ?? 'text'
    return { rest: [clause], ...ask(table, { isNew: false, column, type }, input) }
  }
  const used = usedFill(table, column, answer, input)
  if (answer.answer === noFill) return { rest: [clause], used }
  return { assignment: { column, expression: answer.answer, onlyNulls: true }, rest: [clause], used }
}

function usedFill(
  table: ObjectName,
  column: string,
  answer: { readonly key: string; readonly answer: string },
  input: DecisionInput,
): UsedAnswer {
  return { kind: 'fill', ...answer, subject: fieldSubject(input.names, table, column) }
}

interface FillSubject {
  readonly column: string
  readonly type: string
  /** False for a field that exists and becomes required. */
  readonly isNew: boolean
}

function ask(table: ObjectName, subject: FillSubject, input: DecisionInput): { question?: CountedQuestion } {
  if (input.draft || input.open.includes(openKey(table, subject.column))) return {}
  return { question: fillQuestion(table, subject, input) }
}
function fillQuestion(table: ObjectName, { column, type, isNew }: FillSubject, input: DecisionInput): CountedQuestion {
  const subject = fieldSubject(input.names, table, column)
  const suggested = suggestions(type, input).map((answer) => ({ answer, reason: 'a value of its type' }))
  const candidates = [...suggested, { answer: noFill, reason: 'no row needs one; the migration stops where one does' }].map(
    (candidate): Candidate => ({ ...candidate, flag: flagText('fill', `${subject}=${candidate.answer}`) }),
  )
  return {
    kind: 'fill',
    subject,
    message: isNew
      ? `The new field ${subject} is required. What do existing rows get?`
      : `The field ${subject} is now required. What do rows get in which it is NULL?`,
    countSql: `SELECT count(*) FROM ${renderName(table)}${isNew ? '' : ` WHERE ${quoteIdentifier(column)} IS NULL`}`,
    candidates,
    flag: flagText('fill', `${subject}=${suggested[0]?.answer ?? 'SQL EXPRESSION'}`),
  }
}

function suggestions(type: string, input: DecisionInput): readonly string[] {
  const { base, isList } = readColumnType(type)
  if (isList) return ["'{}'"]
  const values = findEnum(input.facts, { schema: undefined, name: base })?.values ?? createdEnum(base, input)
  if (values?.[0] !== undefined) return [`'${values[0].replaceAll("'", "''")}'`]
  return neutral.get(base) ?? []
}

function createdEnum(name: string, input: DecisionInput): readonly string[] | undefined {
  for (const operation of input.operations) {
    if (operation.kind === 'create-enum' && operation.type.name === name) return operation.values
  }
  return undefined
}

const neutral: ReadonlyMap<string, readonly string[]> = new Map([
  ['text', ["''"]],
  ['varchar', ["''"]],
  ['int2', ['0']],
  ['int4', ['0']],
  ['int8', ['0']],
  ['numeric', ['0']],
  ['float4', ['0']],
  ['float8', ['0']],
  ['bool', ['false']],
  ['uuid', ['gen_random_uuid()']],
  ['jsonb', ["'{}'"]],
  ['json', ["'{}'"]],
  ['timestamp', ['now()']],
  ['timestamptz', ['now()']],
  ['date', ['current_date']],
])

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
