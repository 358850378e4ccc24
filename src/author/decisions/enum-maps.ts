import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import type { RowCount } from '../count-rows.ts'
import { mapTargetUnknown } from '../errors.ts'
import { type Names, valueSubject, valueSubjects } from '../names.ts'
import { type Candidate, candidate } from '../question.ts'
import { findAnswer, findDeletion } from '../renames/find-answer.ts'
import { openKey, type UsedAnswer } from '../renames/rename.ts'
import type { EnumColumn, OperationOf } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { findColumn, findEnum, type StartFacts } from '../start-facts.ts'
import type { CountedQuestion, Decision, DecisionInput } from './decision.ts'
import { withAllColumns } from './enum-columns.ts'

/** What rows get that hold an enum value which goes. */
export function decideEnumMaps(input: DecisionInput): Decision {
  const decided = input.operations.map((operation) =>
    operation.kind === 'replace-enum' ? mapEnum(operation, input) : { operation, questions: [], used: [] },
  )
  return {
    operations: decided.map((result) => result.operation),
    questions: decided.flatMap((result) => result.questions),
    used: decided.flatMap((result) => result.used),
  }
}

type Replacement = OperationOf<'replace-enum'>

interface Mapped {
  readonly operation: Replacement
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
}

/** A removed value and what takes its place; NULL where it goes with its data. */
interface Mapping {
  readonly from: string
  readonly to: string | null
}

function mapEnum(replacement: Replacement, input: DecisionInput): Mapped {
  const operation = withAllColumns(replacement, input.operations, input.facts)
  const before = findEnum(input.facts, operation.type)?.values ?? []
  const removed = before.filter((value) => !operation.values.includes(value))
  const results = removed.map((value) => mapValue(operation, value, input))
  const mappings = results.flatMap((result) => result.mapping ?? [])
  return {
    operation: mappings.length === 0 ? operation : withMappings(operation, mappings),
    questions: results.flatMap((result) => result.question ?? []),
    used: results.flatMap((result) => result.used ?? []),
  }
}

function mapValue(
  operation: Replacement,
  value: string,
  input: DecisionInput,
): { mapping?: Mapping; question?: CountedQuestion; used?: UsedAnswer } {
  const { names, answers } = input
  const subject = valueSubject(names, operation.type, value)
  const subjects = valueSubjects(names, operation.type, value)
  const valueName = (label: string): string => names.values(operation.type, label)[0] ?? label
  const answer = findAnswer(answers.map, subjects)
  if (answer !== undefined) {
    const target = operation.values.find((label) => names.values(operation.type, label).includes(answer.answer))
    if (target === undefined) throw mapTargetUnknown(answer.key, answer.answer, operation.values.map(valueName))
    return { mapping: { from: value, to: target }, used: { kind: 'map', key: answer.key, subject, answer: answer.answer } }
  }
  const deletion = findDeletion(answers, subjects)
  if (deletion !== undefined) {
    return { mapping: { from: value, to: null }, used: { kind: 'delete', key: deletion, subject, answer: 'delete' } }
  }
  if (input.open.includes(openKey(operation.type, value))) return {}
  return { question: mapQuestion(operation, value, subject, input) }
}

function mapQuestion(
  operation: Replacement,
  value: string,
  subject: string,
  { names, facts }: DecisionInput,
): CountedQuestion {
  const candidates = mapCandidates(operation, subject, names)
  const deletion = candidate('delete', subject, 'delete', 'NULL, or nothing in a list; the migration stops at a required field')
  return {
    kind: 'map',
    subject,
    message: `The enum value ${subject} is no longer in the schema. What do rows get that hold it?`,
    counts: labelCounts(operation, value, facts),
    candidates: [...candidates, deletion],
    flag: (candidates[0] ?? deletion).flag,
  }
}

/** The rows that hold a label, in whichever column that is there. */
export function labelCounts(replacement: Replacement, label: string, facts: StartFacts): readonly RowCount[] {
  const columns = withAllColumns(replacement, [], facts).columns
  const present = columns.filter(({ table, column }) => findColumn(facts, table, column) !== undefined)
  return present.map(({ table, column, isList }) => ({
    table,
    where: { column, holds: { label, list: isList } },
  }))
}

/** The values that the enum has afterwards, as answers. */
export function mapCandidates(operation: Replacement, subject: string, names: Names): readonly Candidate[] {
  return operation.values.map((label) =>
    candidate('map', subject, names.values(operation.type, label)[0] ?? label, 'rows get this value instead'),
  )
}

function withMappings(operation: Replacement, mappings: readonly Mapping[]): Replacement {
  const type = renderName({ ...operation.type, name: `${operation.type.name}_new` })
  return {
    ...operation,
    columns: operation.columns.map((column) => ({ ...column, using: mappedValue(column, mappings, type) })),
  }
}

function mappedValue(column: EnumColumn, mappings: readonly Mapping[], type: string): string {
  const name = quoteIdentifier(column.column)
  if (!column.isList) {
    const cases = mappings.map(({ from, to }) => `WHEN ${quoteLiteral(from)} THEN ${to === null ? 'NULL' : quoteLiteral(to)}`)
    return `(CASE ${name}::text ${cases.join(' ')} ELSE ${name}::text END)::${type}`
  }
  const replaced = mappings.reduce(
    (list, { from, to }) =>
      to === null
        ? `array_remove(${list}, ${quoteLiteral(from)})`
        : `array_replace(${list}, ${quoteLiteral(from)}, ${quoteLiteral(to)})`,
    `${name}::text[]`,
  )
  return `${replaced}::${type}[]`
}
