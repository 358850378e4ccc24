import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Answers } from '../answers.ts'
import { familyName, readColumnType } from '../column-types.ts'
import { renameTargetUnknown } from '../errors.ts'
import type { Names } from '../names.ts'
import type { ObjectName, Operation, OperationOf } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { dice, nameSimilarity } from '../similarity.ts'
import { findTable, type StartFacts } from '../start-facts.ts'
import { findAnswer, findDeletion } from './find-answer.ts'
import { type Candidacy, joinRenames, noRenames, openKey, type RenameResult } from './rename.ts'

/**
 * Dropped tables that may be created ones under another name: a renamed model, or another `@@map` or `@@schema`.
 * @param except tables that are looked after elsewhere
 */
export function findTableRenames(
  operations: readonly Operation[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
  except: (table: ObjectName) => boolean = () => false,
): RenameResult {
  const created = operations.filter((operation): operation is Created => operation.kind === 'create-table')
  const dropped = operations.flatMap((operation) => (operation.kind === 'drop-table' ? [operation.table] : []))
  const free = created.filter((operation) => !except(operation.table))
  return joinRenames(
    dropped.map((table) => renameOf(table, except(table) ? [] : free, created, facts, names, answers)),
  )
}

type Created = OperationOf<'create-table'>

function renameOf(
  table: ObjectName,
  likely: readonly Created[],
  created: readonly Created[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
): RenameResult {
  const subjects = names.models(table)
  const subject = subjects[0] ?? table.name
  const answer = findAnswer(answers.rename, subjects)
  if (answer !== undefined) {
    const target = created.find((candidate) => names.models(candidate.table).includes(answer.answer))
    if (target === undefined) {
      throw renameTargetUnknown(answer.key, answer.answer, created.map((candidate) => shown(names, candidate.table)))
    }
    const used = { kind: 'rename', key: answer.key, subject, answer: shown(names, target.table) } as const
    const object = { before: table, now: target.table }
    const statements = moveObject('TABLE', table, target.table)
    return { renames: [{ statements, used, object, target: openKey(target.table) }], pending: [] }
  }
  if (findDeletion(answers, subjects) !== undefined) return noRenames
  const free = likely.filter((candidate) => !isAnswered(candidate.table, names, answers))
  const candidates = free.flatMap((candidate) => candidacy(table, candidate, facts, names) ?? [])
  if (candidates.length === 0) return noRenames
  return { renames: [], pending: [{ subject, what: 'model', key: openKey(table), candidates, counts: [{ table }] }] }
}

function shown(names: Names, table: ObjectName): string {
  return names.models(table)[0] ?? table.name
}

/** A new table that another one is renamed to is nobody's candidate. */
function isAnswered(table: ObjectName, names: Names, answers: Answers): boolean {
  const models = names.models(table)
  return Object.entries(answers.rename).some(([key, target]) => !key.includes('.') && models.includes(target))
}

/** A table or type moves to another schema by SET SCHEMA; both at once take both. */
export function moveObject(what: 'TABLE' | 'TYPE', from: ObjectName, to: ObjectName): readonly string[] {
  const moved =
    from.schema === to.schema
      ? undefined
      : `ALTER ${what} ${renderName(from)} SET SCHEMA ${quoteIdentifier(to.schema ?? 'public')}`
  const renamed =
    from.name === to.name
      ? undefined
      : `ALTER ${what} ${renderName({ ...from, schema: to.schema })} RENAME TO ${quoteIdentifier(to.name)}`
  return [moved, renamed].filter((sql) => sql !== undefined)
}

/** Half of the columns alike, or the same model under another `@@map`, or names alike and some columns too. */
function candidacy(table: ObjectName, created: Created, facts: StartFacts, names: Names): Candidacy | undefined {
  const before = (findTable(facts, table)?.columns ?? []).map((column) => columnKey(column.name, column.type))
  const after = created.columns.map((column) => columnKey(column.column, column.type))
  const shared = dice(before, after)
  const sameModel = names.models(table).some((name) => names.models(created.table).includes(name))
  const alike = nameSimilarity(table.name, created.table.name)
  if (shared < 0.5 && !sameModel && (alike < 0.5 || shared < 0.25)) return undefined
  return {
    key: openKey(created.table),
    name: shown(names, created.table),
    isSame: sameModel,
    reason: sameModel ? 'the same model in another table' : `${String(Math.round(shared * 100))} % of the columns are the same`,
    score: sameModel ? 1 : 0.7 * shared + 0.3 * alike,
  }
}

/** An enum may be renamed too, so one is as good as another. */
function columnKey(name: string, type: string): string {
  return `${name} ${familyName(readColumnType(type))}`
}
