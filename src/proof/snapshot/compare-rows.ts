import type { SnapshotRow, TableContent } from './snapshot.ts'

/** What became of the rows of one table between two snapshots. Tables with nothing to say are left out. */
export interface RowDifference {
  /** As the catalog writes it. */
  readonly table: string
  /** Rows that are there no more. */
  readonly gone: number
  /** Rows that were not there before. */
  readonly added: number
  /** Columns that hold something else in rows that are still there. */
  readonly columns: readonly ChangedColumn[]
  /** The keys of a few rows of each kind, as `id=7`; empty where the table has no primary key. */
  readonly keys: DifferingKeys
}

/** By what became of the rows. */
export interface DifferingKeys {
  readonly gone: readonly string[]
  readonly added: readonly string[]
  readonly changed: readonly string[]
}

/** One column, and in how many rows it differs. */
export interface ChangedColumn {
  /** Unquoted. */
  readonly column: string
  readonly rows: number
  /** Of these, rows in which there is NULL now. */
  readonly emptied: number
}

const mostKeys = 3

/**
 * Compares the rows of all tables that both sides have: row by row by the primary key, else as sets in which the same
 * row may stand more than once. Columns that only one side has say nothing here; the catalogs tell of them.
 */
export function compareRows(before: readonly TableContent[], after: readonly TableContent[]): readonly RowDifference[] {
  const now = new Map(after.map((table) => [table.name, table]))
  return before.flatMap((table) => {
    const other = now.get(table.name)
    if (other === undefined) return []
    const found = compareTable(table, other)
    return found.gone + found.added + found.columns.length === 0 ? [] : [found]
  })
}

function compareTable(before: TableContent, after: TableContent): RowDifference {
  const columns = before.columns.filter((column) => after.columns.includes(column))
  const [from, to] = [reader(before, columns), reader(after, columns)]
  const isKeyed = before.key.length > 0 && before.key.every((column) => columns.includes(column))
  if (!isKeyed) return compareSets(before.name, before.rows.map(from), after.rows.map(to))
  const keyPlaces = before.key.map((column) => columns.indexOf(column))
  const keyOf = (row: SnapshotRow): string => JSON.stringify(keyPlaces.map((place) => row[place]))
  const left = new Map(before.rows.map(from).map((row) => [keyOf(row), row]))
  const right = new Map(after.rows.map(to).map((row) => [keyOf(row), row]))
  const gone = [...left.keys()].filter((key) => !right.has(key))
  const added = [...right.keys()].filter((key) => !left.has(key))
  const counts = columns.map((column) => ({ column, rows: 0, emptied: 0 }))
  const changed: string[] = []
  for (const [key, row] of left) {
    const other = right.get(key)
    if (other === undefined || !countChanges(row, other, counts)) continue
    changed.push(key)
  }
  const show = (found: readonly string[]): readonly string[] =>
    found.slice(0, mostKeys).map((key) => showKey(before.key, key))
  const keys = { gone: show(gone), added: show(added), changed: show(changed) }
  const columnsChanged = counts.filter(({ rows }) => rows > 0)
  return { table: before.name, gone: gone.length, added: added.length, columns: columnsChanged, keys }
}

/** The cells of the columns that both sides have. */
function reader({ columns }: TableContent, wanted: readonly string[]): (row: SnapshotRow) => SnapshotRow {
  const places = wanted.map((column) => columns.indexOf(column))
  return (row) => places.map((place) => row[place] ?? null)
}

function countChanges(
  row: SnapshotRow,
  other: SnapshotRow,
  counts: readonly { rows: number; emptied: number }[],
): boolean {
  let isChanged = false
  for (const [place, count] of counts.entries()) {
    if (row[place] === other[place]) continue
    isChanged = true
    count.rows++
    if (other[place] === null) count.emptied++
  }
  return isChanged
}

function compareSets(table: string, before: readonly SnapshotRow[], after: readonly SnapshotRow[]): RowDifference {
  const left = new Map<string, number>()
  for (const row of before) left.set(JSON.stringify(row), (left.get(JSON.stringify(row)) ?? 0) + 1)
  let added = 0
  for (const row of after) {
    const text = JSON.stringify(row)
    const count = left.get(text) ?? 0
    if (count === 0) added++
    else left.set(text, count - 1)
  }
  const gone = [...left.values()].reduce((sum, count) => sum + count, 0)
  return { table, gone, added, columns: [], keys: { gone: [], added: [], changed: [] } }
}

function showKey(columns: readonly string[], key: string): string {
  const values = JSON.parse(key) as readonly (string | null)[]
  return columns.map((column, place) => `${column}=${values[place] ?? 'NULL'}`).join(', ')
}
