import type { Answers } from '../answers.ts'
import type { CountedQuestion } from '../decisions/decision.ts'
import { renameTwice } from '../errors.ts'
import type { Names } from '../names.ts'
import { isSameObject, type ObjectName, type Operation } from '../script/operation.ts'
import { asWritten, inSchema, type StartFacts } from '../start-facts.ts'
import { findChainedRenames } from './chained-renames.ts'
import { findColumnRenames } from './column-renames.ts'
import { findEnumRenames } from './enum-renames.ts'
import { findJoinRenames, replacedJoins } from './join-renames.ts'
import type { Join, Joins } from './join-tables.ts'
import { joinRenames, openKey, type PendingRename, type Rename } from './rename.ts'
import { renameQuestions } from './rename-question.ts'
import { findTableRenames } from './table-renames.ts'
import { findValueRenames } from './value-renames.ts'

/** What renames are looked for in. */
export interface RenameInput {
  readonly operations: readonly Operation[]
  readonly facts: StartFacts
  readonly names: Names
  readonly answers: Answers
  readonly joins: Joins
}

/** What is to be renamed now, or asked. */
export interface FoundRenames {
  readonly renames: readonly Rename[]
  readonly questions: readonly CountedQuestion[]
  /** The keys of everything that an open question is about (see `openKey`). */
  readonly open: readonly string[]
}

/**
 * What may have been renamed. Answered renames of tables and enums come alone: once they are carried
 * out, columns that seemed to be replaced turn out to be the same.
 * @throws AUTHOR_RENAME_TARGET_UNKNOWN, AUTHOR_RENAME_TWICE
 */
export function findRenames(input: RenameInput): FoundRenames {
  const { operations, facts, names, answers, joins } = input
  const replaced = replacedJoins(operations, joins, facts)
  const joinTables = [...replaced.dropped, ...replaced.created]
  const isJoin = (table: ObjectName): boolean => joinTables.some((join) => isTable(join, table, facts))
  const objects = joinRenames([
    findTableRenames(operations, facts, names, answers, isJoin),
    findEnumRenames(operations, facts, names, answers),
  ])
  if (objects.renames.length > 0) return onlyRenames(objects.renames)
  const followers = findJoinRenames(operations, joins, facts, answers)
  if (followers.renames.length > 0) return onlyRenames(followers.renames)
  const chained = findChainedRenames(facts, names, answers)
  if (chained.length > 0) return onlyRenames(chained)
  const parts = joinRenames([
    findColumnRenames(operations, facts, names, answers),
    findValueRenames(operations, facts, names, answers),
  ])
  if (parts.renames.length > 0) return onlyRenames(parts.renames)
  return askAbout([...objects.pending, ...followers.pending, ...parts.pending], joins, facts)
}

function onlyRenames(renames: readonly Rename[]): FoundRenames {
  for (const [at, rename] of renames.entries()) {
    const other = renames.slice(0, at).find((earlier) => earlier.target === rename.target)
    if (other?.used !== undefined && rename.used !== undefined) {
      throw renameTwice(other.used.subject, rename.used.subject, rename.used.answer)
    }
  }
  return { renames, questions: [], open: [] }
}

/** Join tables wait for their models, and so do their columns: they may change places. */
function askAbout(pending: readonly PendingRename[], joins: Joins, facts: StartFacts): FoundRenames {
  const open = pending.flatMap(({ key, candidates }) => [key, ...candidates.map((candidate) => candidate.key)])
  const isOpen = (table: ObjectName): boolean => open.includes(openKey(asWritten(facts, table)))
  const waiting = [...joins.present, ...joins.wanted].filter((join) => isOpen(join.a) || isOpen(join.b))
  return {
    renames: [],
    questions: renameQuestions(pending),
    open: [...open, ...waiting.flatMap(({ table }) => joinKeys(asWritten(facts, table)))],
  }
}

function joinKeys(table: ObjectName): readonly string[] {
  return [openKey(table), openKey(table, 'A'), openKey(table, 'B')]
}

function isTable(join: Join, table: ObjectName, facts: StartFacts): boolean {
  return isSameObject(join.table, inSchema(facts, table))
}
