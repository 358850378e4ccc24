import { quoteLiteral } from '../../postgres/quote.ts'
import type { Answers } from '../answers.ts'
import { labelCounts, mapCandidates } from '../decisions/enum-maps.ts'
import { renameTargetUnknown } from '../errors.ts'
import { type Names, valueSubject, valueSubjects } from '../names.ts'
import type { Operation, OperationOf } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { nameSimilarity } from '../similarity.ts'
import { findEnum, type StartFacts } from '../start-facts.ts'
import { findAnswer, findDeletion } from './find-answer.ts'
import { joinRenames, noRenames, openKey, type RenameResult } from './rename.ts'

/** Enum values that went while others came: a value may have got another name. */
export function findValueRenames(
  operations: readonly Operation[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
): RenameResult {
  const replaced = operations.filter((operation): operation is Replaced => operation.kind === 'replace-enum')
  return joinRenames(
    replaced.flatMap((operation) => {
      const before = findEnum(facts, operation.type)?.values ?? []
      const removed = before.filter((value) => !operation.values.includes(value))
      const added = operation.values.filter((value) => !before.includes(value))
      return removed.map((value) => renameOf(operation, value, added, facts, names, answers))
    }),
  )
}

type Replaced = OperationOf<'replace-enum'>

function renameOf(
  operation: Replaced,
  value: string,
  added: readonly string[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
): RenameResult {
  const { type } = operation
  const subjects = valueSubjects(names, type, value)
  const subject = valueSubject(names, type, value)
  const valueName = (label: string): string => names.values(type, label)[0] ?? label
  const answer = findAnswer(answers.rename, subjects)
  if (answer !== undefined) {
    const target = added.find((label) => names.values(type, label).includes(answer.answer))
    if (target === undefined) throw renameTargetUnknown(answer.key, answer.answer, added.map(valueName))
    const sql = `ALTER TYPE ${renderName(type)} RENAME VALUE ${quoteLiteral(value)} TO ${quoteLiteral(target)}`
    const used = { kind: 'rename', key: answer.key, subject, answer: valueName(target) } as const
    return { renames: [{ statements: [sql], used, target: openKey(type, target) }], pending: [] }
  }
  const isDecided = findAnswer(answers.map, subjects) !== undefined || findDeletion(answers, subjects) !== undefined
  if (added.length === 0 || isDecided) return noRenames
  const candidates = added.map((label) => ({
    key: openKey(type, label),
    name: valueName(label),
    reason: 'a new value of the same enum',
    score: nameSimilarity(value, label),
  }))
  const others = mapCandidates(operation, subject, names)
  const counts = labelCounts(operation, value, facts)
  const pending = { subject, what: 'enum value', key: openKey(type, value), candidates, counts, others }
  return { renames: [], pending: [pending] }
}
