import type { Cell } from '../../cell.ts'
import type { TablePlan } from '../../plan/seed-plan.ts'
import type { RowMaker } from '../../rows/row-maker.ts'
import { createEncoder } from './encode-rows.ts'
import type { FileFormat } from './formats.ts'

/** The text of a table's file: the same, however it is cut into pieces of `rowsPerChunk` or a multiple. */
export interface FileText {
  /** What stands before the first row. */
  readonly head: string
  /** @param settled rows that were made before, by column, then by row */
  rows(from: number, to: number, settled?: readonly (readonly Cell[])[]): string
}

/** Columns that close a cycle. */
export function patchedColumns({ relations }: TablePlan): readonly string[] {
  return relations.filter(({ isPatched }) => isPatched).flatMap(({ nullable }) => nullable)
}

/** Writes rows of a table in a format. */
export function createFileText(table: TablePlan, maker: RowMaker, format: FileFormat): FileText {
  const { head, encode } = createEncoder(format, table.facts, maker.columns)
  // A statement cannot be taken apart when it is loaded: there, UPDATEs of their own close the cycles.
  const patched = new Set(format === 'sql' ? [] : patchedColumns(table))
  const cellsOf = (row: number, made: readonly Cell[]): readonly Cell[] =>
    patched.size === 0
      ? made
      : made.map((cell, place) => {
          const name = maker.columns[place] ?? ''
          return patched.has(name) ? maker.cell(row, name) : cell
        })
  return {
    head,
    // A maker gives the same array again and again: each row is a copy.
    rows: (from, to, settled) =>
      encode(
        Array.from({ length: to - from }, (_, place) =>
          cellsOf(from + place, settled?.map((column) => column[place] ?? null) ?? [...maker.row(from + place)]),
        ),
      ),
  }
}
