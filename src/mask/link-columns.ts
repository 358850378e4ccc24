import type { TableFacts } from '../postgres/tables/table-facts.ts'
import { tableKey } from '../seed/plan/table-key.ts'

/** A column of a table. */
export interface ColumnName {
  readonly schema: string
  readonly table: string
  readonly column: string
}

/** A relation that no foreign key states: of the Prisma schema, or of the user's. */
export interface VirtualRelation {
  readonly from: ColumnName
  readonly to: ColumnName
}

/** `schema.table.column`. */
function columnKey({ schema, table, column }: ColumnName): string {
  return `${tableKey({ schema, name: table })}.${column}`
}

/**
 * The columns that each column points at in the end, along foreign keys and virtual relations: masked as they are, so
 * that joins hold. A column that points at nothing is not among them.
 */
export function linkColumns(
  tables: readonly TableFacts[],
  relations: readonly VirtualRelation[] = [],
): ReadonlyMap<string, readonly string[]> {
  const known = new Set(tables.flatMap((table) => table.columns.map(({ name }) => `${tableKey(table)}.${name}`)))
  const targets = new Map<string, Set<string>>()
  const point = (from: string, to: string): void => {
    if (from === to || !known.has(from) || !known.has(to)) return
    targets.set(from, (targets.get(from) ?? new Set()).add(to))
  }
  for (const table of tables) {
    for (const { columns, target } of table.foreignKeys) {
      columns.forEach((column, at) => { point(`${tableKey(table)}.${column}`, columnKey({ ...target, column: target.columns[at] ?? '' })) },
      )
    }
  }
  for (const { from, to } of relations) point(columnKey(from), columnKey(to))
  return new Map([...targets.keys()].map((key) => [key, rootsOf(key, targets)]))
}

/** Columns that point at each other in a circle have one root: the first of them by name. */
function rootsOf(key: string, targets: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const seen = new Set<string>([key])
  const roots = new Set<string>()
  const open = [key]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const onward = targets.get(next)
    if (onward === undefined) roots.add(next)
    for (const target of onward ?? []) {
      if (!seen.has(target)) open.push(target)
      seen.add(target)
    }
  }
  return roots.size > 0 ? [...roots].sort() : [...seen].sort().slice(0, 1)
}
