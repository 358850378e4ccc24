import type { DataModel } from '../../prisma/data-model.ts'
import type { Operation } from '../script/operation.ts'
import type { StartFacts } from '../start-facts.ts'
import { mendConflictingDefaults } from './conflicting-defaults.ts'
import { placeEnumValues } from './enum-position.ts'
import { keepPrimaryKeys } from './kept-primary-key.ts'
import { mendNumberedColumns } from './numbered-columns.ts'
import { dropRenamesOfDropped } from './renamed-constraints.ts'
import { dropMissingEnumColumns } from './replaced-enum-columns.ts'

/** Corrects what Prisma's engine (7.10) is known to write wrongly. */
export function mendOperations(
  operations: readonly Operation[],
  facts: StartFacts,
  model: DataModel,
): readonly Operation[] {
  const existing = dropRenamesOfDropped(dropMissingEnumColumns(operations, facts))
  const placed = placeEnumValues(existing, facts, model)
  return mendNumberedColumns(keepPrimaryKeys(mendConflictingDefaults(placed), facts), facts)
}
