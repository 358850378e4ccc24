import { createRowSet, type RowSet } from './row-set.ts'
import { subsetLarge } from './errors.ts'

/** The rows of a subset, by table. */
export interface Selection {
  /** True where the row was not in it before. @throws FIXTURE_SUBSET_LARGE */
  add(table: string, place: RowPlace): boolean
  has(table: string, place: RowPlace): boolean
  /** How many rows of a table. */
  count(table: string): number
  /** The rows of a table, by the relation that holds them: the table itself, or its partitions. */
  parts(table: string): ReadonlyMap<string, RowSet>
}

/** Where a row is: the OID of the table or partition that holds it, and its place there. */
export interface RowPlace {
  readonly relation: string
  readonly place: number
}

/** The most rows whose places are kept in memory, 16 bytes each. */
const mostRows = 6_000_000

/** An empty selection. */
export function createSelection(limit = mostRows): Selection {
  const tables = new Map<string, Map<string, RowSet>>()
  let size = 0
  return {
    add: (table, { relation, place }) => {
      const parts = tables.get(table) ?? new Map<string, RowSet>()
      tables.set(table, parts)
      const rows = parts.get(relation) ?? createRowSet()
      parts.set(relation, rows)
      if (!rows.add(place)) return false
      size += 1
      if (size > limit) throw subsetLarge(limit)
      return true
    },
    has: (table, { relation, place }) => tables.get(table)?.get(relation)?.has(place) === true,
    count: (table) => [...(tables.get(table)?.values() ?? [])].reduce((sum, rows) => sum + rows.size, 0),
    parts: (table) => tables.get(table) ?? new Map<string, RowSet>(),
  }
}
