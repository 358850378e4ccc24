import type { RelationPlan, SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import type { RowMakers } from './row-makers.ts'

/**
 * The parent that a given row names by its key: another given row, or one that was there before. Undefined where the
 * row leaves the relation open; -1 for NULL, and for a row that nobody gave.
 */
export function givenParent(
  row: number,
  relation: RelationPlan,
  { plan, table, makers }: { readonly plan: SeedPlan; readonly table: TablePlan; readonly makers: RowMakers },
): number | undefined {
  const given = table.given[row]
  if (given === undefined || !relation.columns.every((name) => given.has(name))) return undefined
  const key = relation.columns.map((name) => given.get(name) ?? null)
  if (key.includes(null)) return -1
  const parent = makers.parent(relation.parent)
  const named = plan.tables.find((one) => one.key === relation.parent)?.given.length ?? parent.rows
  for (let candidate = 0; candidate < Math.min(named, parent.rows); candidate++) {
    if (relation.targetColumns.every((name, place) => parent.cell(candidate, name) === key[place])) return candidate
  }
  return -1
}
