import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Connection } from '../../../postgres/connect.ts'
import type { Cell } from '../../cell.ts'
import type { TablePlan } from '../../plan/seed-plan.ts'
import type { RowMaker } from '../../rows/row-maker.ts'
import { type Progress, tellProgress } from '../progress.ts'
import { settledRows } from '../settled-rows.ts'
import { createEncoder, updateLine } from './encode-rows.ts'
import type { FileFormat } from './formats.ts'

/** A table whose rows are written. */
export interface TableToWrite {
  /** Checks that are outside the fragment are asked here. */
  readonly connection: Connection
  readonly table: TablePlan
  readonly maker: RowMaker
  readonly format: FileFormat
  readonly progress: Progress
}

/** Columns that close a cycle. */
export function patchedColumns({ relations }: TablePlan): readonly string[] {
  return relations.filter(({ isPatched }) => isPatched).flatMap(({ nullable }) => nullable)
}

/** Writes the rows of a table, batch after batch. @returns the SHA-256 of the file */
export async function writeTable(path: string, toWrite: TableToWrite): Promise<string> {
  const { connection, table, maker, format, progress } = toWrite
  const { head, encode } = createEncoder(format, table.facts, maker.columns)
  // A statement cannot be taken apart when it is loaded: there, UPDATEs of their own close the cycles.
  const patched = new Set(format === 'sql' ? [] : patchedColumns(table))
  return writeHashed(path, texts())

  async function* texts(): AsyncGenerator<string> {
    yield head
    for await (const { start, end, cells } of settledRows(connection, table, maker)) {
      const rows = Array.from({ length: end - start }, (_, place): readonly Cell[] =>
        maker.columns.map((name, column) =>
          patched.has(name) ? maker.cell(start + place, name) : (cells[column]?.[place] ?? null),
        ),
      )
      tellProgress(progress, table.name, end, maker.rows)
      yield encode(rows)
    }
  }
}

/** Writes the statements that set the columns which close a cycle. @returns the SHA-256 of the file */
export async function writePatch(path: string, { table, maker }: Pick<TableToWrite, 'table' | 'maker'>): Promise<string> {
  const keys = table.facts.primaryKey?.keys.flatMap((key) => ('column' in key ? [key.column] : [])) ?? []
  const patched = patchedColumns(table)
  return writeHashed(path, lines())

  function* lines(): Generator<string> {
    for (let row = 0; row < maker.rows; row++) {
      const cellsOf = (names: readonly string[]): ReadonlyMap<string, Cell> =>
        new Map(names.map((name) => [name, maker.cell(row, name)]))
      const set = cellsOf(patched)
      if ([...set.values()].some((cell) => cell !== null)) yield updateLine(table.facts, set, cellsOf(keys))
    }
  }
}

async function writeHashed(path: string, texts: Iterable<string> | AsyncIterable<string>): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(hashed(), createWriteStream(path))
  return hash.digest('hex')

  async function* hashed(): AsyncGenerator<string> {
    for await (const text of texts) {
      hash.update(text)
      yield text
    }
  }
}
