import type { RowCount } from '../count-rows.ts'
import { fieldSubject, fieldSubjects } from '../names.ts'
import { type Candidate, candidate } from '../question.ts'
import { findDeletion } from '../renames/find-answer.ts'
import { openKey, type UsedAnswer } from '../renames/rename.ts'
import { replacedColumns } from '../renames/column-renames.ts'
import { isSameObject, type ObjectName } from '../script/operation.ts'
import type { Join } from '../renames/join-tables.ts'
import { inSchema } from '../start-facts.ts'
import type { CountedQuestion, Decision, DecisionInput } from './decision.ts'

/** Nothing goes with its data unless somebody says so: tables and columns that the schema no longer has. */
export function decideDeletes(input: DecisionInput): Decision {
  const results = input.operations.flatMap((operation) => {
    if (operation.kind === 'drop-enum') return [noteEnum(operation.type, input)]
    if (operation.kind === 'drop-table') return [decideTable(operation.table, input)]
    if (operation.kind !== 'alter-table') return []
    return replacedColumns(operation.clauses).dropped.map((column) => decideColumn(operation.table, column, input))
  })
  return {
    operations: input.operations,
    questions: results.flatMap((result) => result.questions),
    used: results.flatMap((result) => result.used),
  }
}

interface Result {
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
}

/** An enum alone holds no data: nobody is asked, but who was asked about a rename may have said that it goes. */
function noteEnum(type: ObjectName, { names, answers }: DecisionInput): Result {
  const subjects = names.enums(type)
  const key = findDeletion(answers, subjects)
  if (key === undefined) return { questions: [], used: [] }
  return { questions: [], used: [{ kind: 'delete', key, subject: subjects[0] ?? type.name, answer: 'delete' }] }
}

function decideTable(table: ObjectName, input: DecisionInput): Result {
  const join = input.joins.present.find((candidate) => isSameObject(candidate.table, inSchema(input.facts, table)))
  return join === undefined ? decideModel(table, input) : decideJoin(table, join, input)
}

/** What joins a model that goes is asked about with the model. */
function decideJoin(table: ObjectName, { a, b }: Join, input: DecisionInput): Result {
  const goes = input.operations.some(
    (operation) =>
      operation.kind === 'drop-table' &&
      [a, b].some((end) => isSameObject(end, inSchema(input.facts, operation.table))),
  )
  if (goes && findDeletion(input.answers, [table.name]) === undefined) return { questions: [], used: [] }
  const [left, right] = [a, b].map((end) => input.names.models(end)[0] ?? end.name)
  const question = {
    message: `The many-to-many relation of ${left ?? ''} and ${right ?? ''} is no longer in the schema. Delete its table with all rows?`,
    counts: [{ table }],
    moves: input.operations.some((operation) => operation.kind === 'create-table'),
  }
  return decide(table.name, [table.name], openKey(table), question, input)
}

function decideModel(table: ObjectName, input: DecisionInput): Result {
  const subjects = input.names.models(table)
  const subject = subjects[0] ?? table.name
  const question = {
    message: `The model ${subject} is no longer in the schema. Delete its table with all rows?`,
    counts: [{ table }],
    moves: input.operations.some((operation) => operation.kind === 'create-table'),
  }
  return decide(subject, subjects, openKey(table), question, input)
}

function decideColumn(table: ObjectName, column: string, input: DecisionInput): Result {
  const subject = fieldSubject(input.names, table, column)
  const question = {
    message: `The field ${subject} is no longer in the schema. Delete its column with all values?`,
    counts: [{ table, where: { column, holds: 'value' } }] as const,
    moves: hasNewNeighbour(table, input),
  }
  return decide(subject, fieldSubjects(input.names, table, column), openKey(table, column), question, input)
}

function decide(
  subject: string,
  subjects: readonly string[],
  key: string,
  question: { readonly message: string; readonly counts: readonly RowCount[]; readonly moves: boolean },
  input: DecisionInput,
): Result {
  const answer = findDeletion(input.answers, subjects)
  if (answer !== undefined) return { questions: [], used: [{ kind: 'delete', key: answer, subject, answer: 'delete' }] }
  if (input.open.includes(key)) return { questions: [], used: [] }
  if (input.draft) return { questions: [], used: [] }
  const { moves, ...asked } = question
  const deletion = candidate('delete', subject, 'delete', 'it goes, with its data')
  const candidates = moves ? [draft, deletion] : [deletion]
  return { questions: [{ kind: 'delete', subject, ...asked, candidates, flag: deletion.flag }], used: [] }
}

const draft: Candidate = {
  kind: 'draft',
  answer: 'draft',
  reason: 'its values move: a draft with a data step to fill in',
  flag: '--draft',
}

/** A new table with a foreign key to this one, or from it: what was a column may have become rows. */
function hasNewNeighbour(table: ObjectName, { operations }: DecisionInput): boolean {
  const created = operations.flatMap((operation) => (operation.kind === 'create-table' ? [operation.table] : []))
  const isNew = (name: ObjectName): boolean => created.some((other) => isSameObject(other, name))
  return operations.some(
    (operation) =>
      operation.kind === 'add-foreign-key' &&
      ((isSameObject(operation.references, table) && isNew(operation.table)) ||
        (isSameObject(operation.table, table) && isNew(operation.references))),
  )
}
