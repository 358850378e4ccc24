import type { Cell } from '../cell.ts'
import type { Parent } from './row-maker.ts'

/** Rows of tables by the values of some of their columns, found once by making these cells of all rows. */
export interface RowIndexes {
  /** In ascending order; empty where no row has these values. */
  rowsWith(table: string, columns: readonly string[], values: readonly Cell[]): readonly number[]
}

/** Four bytes a row and an entry for each distinct value, for the tables that need it. */
export function createRowIndexes(parent: (key: string) => Parent): RowIndexes {
  const indexes = new Map<string, ReadonlyMap<string, readonly number[]>>()
  return {
    rowsWith: (table, columns, values) => {
      const name = `${table}\0${columns.join('\0')}`
      const known = indexes.get(name) ?? indexRows(parent(table), columns)
      indexes.set(name, known)
      return known.get(keyOf(values)) ?? []
    },
  }
}

function indexRows(parent: Parent, columns: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>()
  for (let row = 0; row < parent.rows; row++) {
    const key = keyOf(columns.map((column) => parent.cell(row, column)))
    const rows = index.get(key)
    if (rows === undefined) index.set(key, [row])
    else rows.push(row)
  }
  return index
}

function keyOf(values: readonly Cell[]): string {
  return values.length === 1 ? (values[0] ?? '\0') : JSON.stringify(values)
}
