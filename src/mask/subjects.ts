import type { DataModel } from '../prisma/data-model.ts'
import { modelRole } from '../seed/classify/model-role.ts'
import type { NamedTable } from '../seed/plan/name-tables.ts'

/**
 * The tables whose rows are people, as `schema.table`: those of models that say `/// @subject`; where no model does,
 * those whose name says it.
 */
export function subjectTables(tables: readonly NamedTable[], model: DataModel | undefined): ReadonlySet<string> {
  const stated = new Set((model?.models ?? []).filter(({ documentation }) => /@subject\b/u.test(documentation ?? '')).map(({ name }) => name))
  const people = tables.filter(({ name }) => (stated.size > 0 ? stated.has(name) : modelRole(name) === 'person'))
  return new Set(people.map(({ key }) => key))
}
