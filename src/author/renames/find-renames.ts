import type { Answers } from '../answers.ts'
import type { Names } from '../names.ts'
import type { Operation } from '../script/operation.ts'
import type { StartFacts } from '../start-facts.ts'
import { findColumnRenames } from './column-renames.ts'
import { findEnumRenames } from './enum-renames.ts'
import { joinRenames, type RenameResult } from './rename.ts'
import { findTableRenames } from './table-renames.ts'
import { findValueRenames } from './value-renames.ts'

/**
 * What may have been renamed. Answered renames of tables and enums come alone: once they are carried
 * out, columns that seemed to be replaced turn out to be the same.
 */
export function findRenames(
  operations: readonly Operation[],
  facts: StartFacts,
  names: Names,
  answers: Answers,
): RenameResult {
  const objects = joinRenames([
    findTableRenames(operations, facts, names, answers),
    findEnumRenames(operations, facts, names, answers),
  ])
  if (objects.renames.length > 0) return objects
  const parts = [
    findColumnRenames(operations, facts, names, answers),
    findValueRenames(operations, facts, names, answers),
  ]
  return joinRenames([objects, ...parts])
}
