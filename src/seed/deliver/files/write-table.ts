import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Connection } from '../../../postgres/connect.ts'
import type { Cell } from '../../cell.ts'
import type { TablePlan } from '../../plan/seed-plan.ts'
import type { RowMaker } from '../../rows/row-maker.ts'
import type { ChunkThreads } from '../chunk-threads.ts'
import { type Progress, tellProgress } from '../progress.ts'
import { settledRows } from '../settled-rows.ts'
import { updateLine } from './encode-rows.ts'
import { createFileText, patchedColumns } from './file-text.ts'
import type { FileFormat } from './formats.ts'

/** A table whose rows are written. */
export interface TableToWrite {
  /** Checks that are outside the fragment are asked here. */
  readonly connection: Connection
  readonly table: TablePlan
  readonly maker: RowMaker
  readonly format: FileFormat
  readonly progress: Progress
  /** Rows as texts, from threads where there are some. */
  readonly chunks?: ChunkThreads['chunks']
}

/** Writes the rows of a table, piece after piece. @returns the SHA-256 of the file */
export async function writeTable(path: string, toWrite: TableToWrite): Promise<string> {
  const { connection, table, maker, format, progress, chunks } = toWrite
  const { head, rows } = createFileText(table, maker, format)
  return writeHashed(path, texts())

  async function* texts(): AsyncGenerator<string> {
    yield head
    if (chunks !== undefined && table.checks.asked.length === 0) {
      for await (const { text, end } of chunks(table, format)) {
        tellProgress(progress, table.name, end, maker.rows)
        yield text
      }
      return
    }
    for await (const { start, end, cells } of settledRows(connection, table, maker)) {
      tellProgress(progress, table.name, end, maker.rows)
      yield rows(start, end, cells)
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

/** A piece of a file. */
type Piece = string | Uint8Array

/** Writes pieces into a file, one after the other. @returns the SHA-256 of the file */
export async function writeHashed(path: string, texts: Iterable<Piece> | AsyncIterable<Piece>): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(hashed(), createWriteStream(path))
  return hash.digest('hex')

  async function* hashed(): AsyncGenerator<Piece> {
    for await (const text of texts) {
      hash.update(text)
      yield text
    }
  }
}
