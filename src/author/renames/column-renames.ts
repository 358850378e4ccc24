import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Answers } from '../answers.ts'
import { isSameFamily, readColumnType } from '../column-types.ts'
import { renameTargetUnknown } from '../errors.ts'
import { fieldSubject, fieldSubjects, type Names } from '../names.ts'
import type { Clause, ObjectName, Operation, OperationOf } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { nameSimilarity } from '../similarity.ts'
import { findColumn, type StartFacts } from '../start-facts.ts'
import { findAnswer, findDeletion } from './find-answer.ts'
import { type Candidacy, joinRenames, noRenames, openKey, type RenameResult } from './rename.ts'

/** Columns dropped and added in the same table that may be the same: a renamed field, or another `@map`. */
export function findColumnRenames(
  operations: readonly Operation[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
): RenameResult {
  const altered = operations.filter((operation): operation is Altered => operation.kind === 'alter-table')
  return joinRenames(
    altered.flatMap(({ table, clauses }) => {
      const { dropped, added } = replacedColumns(clauses)
      return dropped.map((column) => renameOf(table, column, added, facts, names, answers))
    }),
  )
}

/** The columns that go and those that come; one dropped and added under its name changes its type and is neither. */
export function replacedColumns(clauses: readonly Clause[]): {
  readonly dropped: readonly string[]
  readonly added: readonly Added[]
} {
  const dropped = clauses.flatMap((clause) => (clause.kind === 'drop-column' ? [clause.column] : []))
  const added = clauses.filter((clause): clause is Added => clause.kind === 'add-column')
  return {
    dropped: dropped.filter((column) => !added.some((clause) => clause.column === column)),
    added: added.filter((clause) => !dropped.includes(clause.column)),
  }
}

type Altered = OperationOf<'alter-table'>
type Added = Extract<Clause, { readonly kind: 'add-column' }>

function renameOf(
  table: ObjectName,
  column: string,
  added: readonly Added[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
): RenameResult {
  const subjects = fieldSubjects(names, table, column)
  const subject = fieldSubject(names, table, column)
  const fieldOf = (name: string): string => names.fields(table, name)[0] ?? name
  const answer = findAnswer(answers.rename, subjects)
  if (answer !== undefined) {
    const target = added.find((candidate) => names.fields(table, candidate.column).includes(answer.answer))
    if (target === undefined) throw renameTargetUnknown(answer.key, answer.answer, added.map((c) => fieldOf(c.column)))
    const sql = `ALTER TABLE ${renderName(table)} RENAME COLUMN ${quoteIdentifier(column)} TO ${quoteIdentifier(target.column)}`
    const used = { kind: 'rename', key: answer.key, subject, answer: fieldOf(target.column) } as const
    const renamed = { table, before: column, now: target.column }
    const rename = { statements: [sql], used, column: renamed, target: openKey(table, target.column) }
    return { renames: [rename], pending: [] }
  }
  if (findDeletion(answers, subjects) !== undefined) return noRenames
  const free = added.filter((candidate) => !isAnswered(table, candidate.column, names, answers))
  const candidates = free.flatMap((candidate) => candidacy(table, column, candidate, facts, names) ?? [])
  if (candidates.length === 0) return noRenames
  const counts = [{ table, where: { column, holds: 'value' as const } }]
  return { renames: [], pending: [{ subject, what: 'field', key: openKey(table, column), candidates, counts }] }
}

/** A new field that is filled, or that another field was renamed to, is nobody's candidate. */
function isAnswered(table: ObjectName, column: string, names: Names, answers: Answers): boolean {
  if (findAnswer(answers.fill, fieldSubjects(names, table, column)) !== undefined) return true
  const models = names.models(table)
  return Object.entries(answers.rename).some(
    ([key, target]) => models.some((model) => key.startsWith(`${model}.`)) && names.fields(table, column).includes(target),
  )
}

/** The same field under another `@map`; or types of one family; or names so alike that the type was changed too. */
function candidacy(
  table: ObjectName,
  column: string,
  added: Added,
  facts: StartFacts,
  names: Names,
): Candidacy | undefined {
  const before = findColumn(facts, table, column)
  if (before === undefined || before.isGenerated) return undefined
  const fields = names.fields(table, added.column)
  const sameField = names.fields(table, column).some((field) => fields.includes(field))
  const types = [readColumnType(before.type), readColumnType(added.type)] as const
  const sameFamily = isSameFamily(...types)
  const alike = nameSimilarity(column, added.column)
  if (!sameField && !sameFamily && alike < 0.6) return undefined
  const field = fields[0] ?? added.column
  const same = { key: openKey(table, added.column), name: field }
  if (sameField) return { ...same, isSame: true, reason: 'the same field in another column', score: 1 }
  const isUnchanged = JSON.stringify(types[0]) === JSON.stringify(types[1]) && !/serial$/i.test(added.type)
  const reason = isUnchanged ? `${added.type}, as before` : `${added.type}; it was ${before.type}`
  return { ...same, reason, score: (sameFamily ? 0.4 : 0) + 0.6 * alike }
}
