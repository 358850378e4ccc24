import type { Answers } from '../answers.ts'
import { renameTargetUnknown } from '../errors.ts'
import type { Names } from '../names.ts'
import { readTypeName } from '../column-types.ts'
import { isSameObject, type ObjectName, type Operation, type OperationOf } from '../script/operation.ts'
import { dice, nameSimilarity } from '../similarity.ts'
import { findColumn, findEnum, inSchema, type StartFacts } from '../start-facts.ts'
import { findAnswer, findDeletion } from './find-answer.ts'
import { type Candidacy, joinRenames, noRenames, openKey, type RenameResult } from './rename.ts'
import { moveObject } from './table-renames.ts'

/** Dropped enums that may be created ones under another name. One without a candidate holds no data: none is asked. */
export function findEnumRenames(
  operations: readonly Operation[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
): RenameResult {
  const created = operations.filter((operation): operation is Created => operation.kind === 'create-enum')
  const dropped = operations.filter((operation) => operation.kind === 'drop-enum').map((operation) => operation.type)
  const takesPlace = (type: ObjectName, target: ObjectName): boolean => isInItsPlace(type, target, operations, facts)
  return joinRenames(dropped.map((type) => renameOf(type, created, facts, names, answers, takesPlace)))
}

type Created = OperationOf<'create-enum'>

function renameOf(
  type: ObjectName,
  created: readonly Created[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
  takesPlace: (type: ObjectName, target: ObjectName) => boolean,
): RenameResult {
  const subjects = names.enums(type)
  const subject = subjects[0] ?? type.name
  const shown = (target: ObjectName): string => names.enums(target)[0] ?? target.name
  const answer = findAnswer(answers.rename, subjects)
  if (answer !== undefined) {
    const target = created.find((candidate) => names.enums(candidate.type).includes(answer.answer))
    if (target === undefined) throw renameTargetUnknown(answer.key, answer.answer, created.map((c) => shown(c.type)))
    const used = { kind: 'rename', key: answer.key, subject, answer: shown(target.type) } as const
    const object = { before: type, now: target.type }
    const statements = moveObject('TYPE', type, target.type)
    return { renames: [{ statements, used, object, target: openKey(target.type) }], pending: [] }
  }
  if (findDeletion(answers, subjects) !== undefined) return noRenames
  const candidates = created.flatMap((candidate) => {
    return candidacy(type, candidate, facts, names, takesPlace(type, candidate.type)) ?? []
  })
  if (candidates.length === 0) return noRenames
  return { renames: [], pending: [{ subject, what: 'enum', key: openKey(type), candidates, counts: [] }] }
}

/** True where a column of the one has the other now. */
function isInItsPlace(
  type: ObjectName,
  target: ObjectName,
  operations: readonly Operation[],
  facts: StartFacts,
): boolean {
  const is = (text: string, name: ObjectName): boolean =>
    isSameObject(inSchema(facts, readTypeName(text)), inSchema(facts, name))
  return operations.some((operation) => {
    if (operation.kind !== 'alter-table') return false
    return operation.clauses.some((clause) => {
      if (clause.kind !== 'add-column' || !is(clause.type, target)) return false
      return is(findColumn(facts, operation.table, clause.column)?.type ?? '', type)
    })
  })
}

/** Half of the values the same, or names alike or the same columns, and some values too. */
function candidacy(
  type: ObjectName,
  created: Created,
  facts: StartFacts,
  names: Names,
  isInPlace: boolean,
): Candidacy | undefined {
  const shared = dice(findEnum(facts, type)?.values ?? [], created.values)
  const sameEnum = names.enums(type).some((name) => names.enums(created.type).includes(name))
  const alike = nameSimilarity(type.name, created.type.name)
  if (!sameEnum && shared < 0.5 && ((alike < 0.5 && !isInPlace) || shared === 0)) return undefined
  return {
    key: openKey(created.type),
    name: names.enums(created.type)[0] ?? created.type.name,
    isSame: sameEnum,
    reason: sameEnum
      ? 'the same enum under another name in the database'
      : `${String(Math.round(shared * 100))} % of the values are the same`,
    score: sameEnum ? 1 : 0.7 * shared + 0.3 * (isInPlace ? 1 : alike),
  }
}
