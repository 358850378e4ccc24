import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Answers } from '../answers.ts'
import { renameTargetUnknown } from '../errors.ts'
import type { Names } from '../names.ts'
import type { ObjectName, Operation, OperationOf } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { dice, nameSimilarity } from '../similarity.ts'
import { findEnum, type StartFacts } from '../start-facts.ts'
import { findAnswer, findDeletion } from './find-answer.ts'
import { type Candidacy, joinRenames, openKey, type RenameResult } from './rename.ts'
import { renameQuestion } from './rename-question.ts'

/** Dropped enums that may be created ones under another name. An enum alone holds no data: without a candidate nothing is asked. */
export function findEnumRenames(
  operations: readonly Operation[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
): RenameResult {
  const created = operations.filter((operation): operation is Created => operation.kind === 'create-enum')
  const dropped = operations.filter((operation) => operation.kind === 'drop-enum').map((operation) => operation.type)
  return joinRenames(dropped.map((type) => renameOf(type, created, facts, names, answers)))
}

type Created = OperationOf<'create-enum'>
const nothing: RenameResult = { renames: [], questions: [], open: [] }

function renameOf(
  type: ObjectName,
  created: readonly Created[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
): RenameResult {
  const subjects = names.enums(type)
  const subject = subjects[0] ?? type.name
  const shown = (target: ObjectName): string => names.enums(target)[0] ?? target.name
  const answer = findAnswer(answers.rename, subjects)
  if (answer !== undefined) {
    const target = created.find((candidate) => names.enums(candidate.type).includes(answer.answer))
    if (target === undefined) throw renameTargetUnknown(answer.key, answer.answer, created.map((c) => shown(c.type)))
    const used = { kind: 'rename', key: answer.key, subject, answer: shown(target.type) } as const
    const sql = `ALTER TYPE ${renderName(type)} RENAME TO ${quoteIdentifier(target.type.name)}`
    return { renames: [{ statements: [sql], used, object: { before: type, now: target.type } }], questions: [], open: [] }
  }
  const candidates = created
    .filter((candidate) => candidate.type.schema === type.schema)
    .flatMap((candidate) => candidacy(type, candidate, facts, shown) ?? [])
  if (candidates.length === 0 || findDeletion(answers, subjects) !== undefined) return nothing
  return {
    renames: [],
    questions: [renameQuestion(subject, 'enum', candidates)],
    open: [type, ...candidates.map((candidate) => candidate.type)].map((object) => openKey(object)),
  }
}

function candidacy(
  type: ObjectName,
  created: Created,
  facts: StartFacts,
  shown: (type: ObjectName) => string,
): (Candidacy & { readonly type: ObjectName }) | undefined {
  const shared = dice(findEnum(facts, type)?.values ?? [], created.values)
  const alike = nameSimilarity(type.name, created.type.name)
  if (shared < 0.5 && (alike < 0.5 || shared === 0)) return undefined
  return {
    type: created.type,
    name: shown(created.type),
    reason: `${String(Math.round(shared * 100))} % of the values are the same`,
    score: 0.7 * shared + 0.3 * alike,
  }
}
