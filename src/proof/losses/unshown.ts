import type { TakenAway } from '../../author/rollback/taken-away.ts'
import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { ownerOfName, sayName, spokenName, splitName } from '../../postgres/catalog/names.ts'
import type { Loss } from '../proof.ts'
import { compareRows, type RowDifference } from '../snapshot/compare-rows.ts'
import type { Snapshot, TableContent } from '../snapshot/snapshot.ts'

/** The rows of a rehearsal before the migration and after it. */
export interface SeenRows {
  readonly before: Snapshot
  readonly after: Snapshot
  /** What tables and columns were called before, by the names that they have after it; as people say them. */
  readonly names: ReadonlyMap<string, string>
}

/**
 * What a migration takes away without a rehearsed row that would miss it: that all rows are as before after the way
 * back says nothing of it, so that it counts as lost. A conversion into a type that does not tell every value counts
 * always: the rows that would miss something are those that nobody thought of.
 */
export function unshownLosses(taken: readonly TakenAway[], { before, after, names }: SeenRows): readonly Loss[] {
  const from = before.tables.map((table) => plain(table, new Map()))
  const to = after.tables.map((table) => plain(table, names))
  const content = new Map(from.map((table) => [table.name, table]))
  const touched = new Set(compareRows(from, to).flatMap((difference) => touchedObjects(difference, content)))
  const isShown = ({ how, object }: TakenAway): boolean => {
    if (how === 'converted') return false
    return how === 'changed' ? touched.has(object) : hasTellingRow(object, content, before.catalog)
  }
  const open = taken.filter((one) => !isShown(one))
  return [...new Map(open.map((one) => [`${one.object} ${one.reason}`, one])).values()].map((one) => {
    const reason = one.how === 'converted' ? one.reason : `${one.reason}; no rehearsed row shows whether they come back`
    return { object: one.object, rows: 0, reason }
  })
}

/** As people say its name, the one from before the migration; its columns by their names from then, unquoted. */
function plain(table: TableContent, names: ReadonlyMap<string, string>): TableContent {
  const name = sayName(table.name)
  const old = names.get(name) ?? name
  const own = (column: string): string => lastOf(names.get(`${name}.${spokenName([column])}`) ?? spokenName([column]))
  return { ...table, name: old, columns: table.columns.map(own), key: table.key.map(own) }
}

/** Of which rows went, or hold something else; without a primary key that may be any column of it. */
function touchedObjects(
  { table, gone, columns }: RowDifference,
  content: ReadonlyMap<string, TableContent>,
): readonly string[] {
  const before = content.get(table)
  const isKeyless = before?.key.length === 0
  const changed = gone > 0 && isKeyless ? before.columns : columns.map(({ column }) => column)
  return [...(gone > 0 ? [table] : []), ...changed.map((column) => `${table}.${spokenName([column])}`)]
}

/** A table with a row, or a column with a value that it would not have by itself if it were made anew. */
function hasTellingRow(object: string, content: ReadonlyMap<string, TableContent>, catalog: Catalog): boolean {
  const whole = content.get(object)
  if (whole !== undefined) return whole.rows.length > 0
  const table = content.get(ownerOfName(object))
  const place = table?.columns.indexOf(lastOf(object)) ?? -1
  const values = new Set(table?.rows.map((row) => row[place]).filter((cell) => cell !== null && cell !== undefined))
  return values.size > (fillsItself(object, catalog) ? 1 : 0)
}

/** The last part, unquoted. */
function lastOf(name: string): string {
  return splitName(name).at(-1) ?? ''
}

function fillsItself(column: string, { objects }: Catalog): boolean {
  const found = objects.find(({ kind, name }) => kind === 'column' && sayName(name) === column)
  return found !== undefined && (found.definition['default'] !== null || found.definition['identity'] !== null)
}
