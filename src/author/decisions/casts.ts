import { isSafeCast, readColumnType, readTypeName } from '../column-types.ts'
import { fieldSubject, fieldSubjects } from '../names.ts'
import { candidate } from '../question.ts'
import { findAnswer, findDeletion } from '../renames/find-answer.ts'
import { openKey, type UsedAnswer } from '../renames/rename.ts'
import type { Clause, ObjectName } from '../script/operation.ts'
import { findColumn, type StartColumn } from '../start-facts.ts'
import { castSuggestions, zonedCast } from './cast-suggestions.ts'
import type { CountedQuestion, DecisionInput } from './decision.ts'

/** A type change that a person answered, carried out before everything that drops. */
export interface Cast {
  /** `Model.field`, as it is shown. */
  readonly subject: string
  readonly table: ObjectName
  readonly column: string
  readonly before: StartColumn
  readonly type: string
  readonly expression: string
  readonly notNull: boolean
}

/** What was decided about the columns whose type changes. */
export interface CastDecision {
  readonly casts: readonly Cast[]
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
  /** What was written otherwise than it was answered. */
  readonly notes: readonly string[]
}

/**
 * How existing values become the new type. Asked where a value may change or be refused: the engine
 * drops and adds such a column, or changes its type in a way that rounds, cuts or shifts.
 */
export function decideCasts(input: DecisionInput): CastDecision {
  const results = input.operations.flatMap((operation) =>
    operation.kind === 'alter-table'
      ? typeChanges(operation.clauses).map((change) => decideCast(operation.table, change, input))
      : [],
  )
  return {
    casts: results.flatMap((result) => result.cast ?? []),
    questions: results.flatMap((result) => result.question ?? []),
    used: results.flatMap((result) => result.used ?? []),
    notes: results.flatMap((result) => result.note ?? []),
  }
}

interface TypeChange {
  readonly column: string
  readonly type: string
  /** Undefined where the engine leaves NOT NULL as it is. */
  readonly notNull: boolean | undefined
  /** True where the engine drops the column and adds it anew. */
  readonly isReplaced: boolean
}

function typeChanges(clauses: readonly Clause[]): readonly TypeChange[] {
  return clauses.flatMap((clause): readonly TypeChange[] => {
    if (clause.kind === 'set-type' && !clause.type.endsWith('SERIAL')) {
      return [{ column: clause.column, type: clause.type, notNull: undefined, isReplaced: false }]
    }
    if (clause.kind !== 'add-column') return []
    const isReplaced = clauses.some((other) => other.kind === 'drop-column' && other.column === clause.column)
    const { column, notNull } = clause
    return isReplaced ? [{ column, type: plainType(clause.type), notNull, isReplaced }] : []
  })
}

/** A column that is to be numbered keeps its integer type; the engine gives it its sequence in the next difference. */
function plainType(type: string): string {
  return new Map([['SERIAL', 'INTEGER'], ['BIGSERIAL', 'BIGINT'], ['SMALLSERIAL', 'SMALLINT']]).get(type) ?? type
}

function decideCast(
  table: ObjectName,
  change: TypeChange,
  input: DecisionInput,
): { cast?: Cast; question?: CountedQuestion; used?: UsedAnswer; note?: string } {
  const before = findColumn(input.facts, table, change.column)
  if (before === undefined) return {}
  const subjects = fieldSubjects(input.names, table, change.column)
  const subject = fieldSubject(input.names, table, change.column)
  const answer = findAnswer(input.answers.cast, subjects)
  if (answer !== undefined) {
    const used = { kind: 'cast', key: answer.key, subject, answer: answer.answer } as const
    const zoned = zonedCast(answer.answer, change.column, readColumnType(before.type), change.type)
    if (zoned !== undefined) {
      const { column, type } = change
      const notNull = change.notNull ?? before.notNull
      const cast = { subject, table, column, before, type, expression: zoned, notNull }
      const note = `${subject}: a plain cast goes by the time zone of the session; written instead: ${zoned}`
      return { cast, used, note }
    }
    if (!change.isReplaced && isPlainCast(answer.answer, change)) return { used }
    const notNull = change.notNull ?? before.notNull
    const { column, type } = change
    return { cast: { subject, table, column, before, type, expression: answer.answer, notNull }, used }
  }
  const isSafe = !change.isReplaced && isSafeCast(readColumnType(before.type), readColumnType(change.type))
  const open = [openKey(table, change.column), ...[before.type, change.type].map((type) => openKey(readTypeName(type)))]
  if (isSafe || open.some((key) => input.open.includes(key))) return {}
  if (change.isReplaced && findDeletion(input.answers, subjects) !== undefined) {
    return { used: { kind: 'delete', key: subject, subject, answer: 'delete' } }
  }
  return { question: castQuestion(table, change, before, subject) }
}

/** `"column"::TYPE` is what PostgreSQL does without USING too, but for a text: there it refuses what a cast cuts. */
function isPlainCast(expression: string, change: TypeChange): boolean {
  const plain = (text: string): string => text.replaceAll(/[\s"]/g, '').toLowerCase()
  const { base, sizes } = readColumnType(change.type)
  const cuts = sizes.length > 0 && ['varchar', 'char', 'bit', 'varbit'].includes(base)
  return !cuts && plain(expression) === plain(`${change.column}::${change.type}`)
}

function castQuestion(table: ObjectName, change: TypeChange, before: StartColumn, subject: string): CountedQuestion {
  const suggestions = castSuggestions(change.column, readColumnType(before.type), change.type)
  const candidates = suggestions.map(([answer, reason]) => candidate('cast', subject, answer, reason))
  return {
    kind: 'cast',
    subject,
    message: `The type of ${subject} changes from ${before.type} to ${change.type}. What becomes of existing values?`,
    counts: [{ table, where: { column: change.column, holds: 'value' } }],
    candidates,
    flag: candidate('cast', subject, suggestions[0][0], suggestions[0][1]).flag,
  }
}
