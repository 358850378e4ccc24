import type { TablePlan } from '../plan/seed-plan.ts'
import type { TableRules } from '../rows/table-rules.ts'
import type { WrittenTable } from './explain-refusal.ts'

/** A table that is filled, with the columns that rules and personas have a say in. */
export function writtenTable(
  { name, facts, fields, given }: TablePlan,
  rules: ReadonlyMap<string, TableRules>,
): WrittenTable {
  const generators = rules.get(name)?.generators
  const said = facts.columns.map(({ name: column }) => ({ column, field: fields.get(column)?.name ?? column }))
  const named = (isMeant: (one: { readonly column: string; readonly field: string }) => boolean): Map<string, string> =>
    new Map(said.filter(isMeant).map(({ column, field }) => [column, `${name}.${field}`]))
  return {
    facts,
    rules: named(({ column, field }) => generators?.has(field) === true || generators?.has(column) === true),
    personas: named(({ column }) => given.some((row) => row.has(column))),
  }
}
