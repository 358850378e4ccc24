import { copyCell } from '../../postgres/copy/copy-text.ts'
import type { Cell } from '../cell.ts'
import type { RowMaker } from '../rows/row-maker.ts'

/** Rows of a table as one text. */
export interface RowChunk {
  readonly text: string
  /** The number of the row after the last. */
  readonly end: number
}

/** Rows that are made before they are sent: some 100 kB, so that the server has work while the next are made. */
export const rowsPerChunk = 1000

/** Rows as COPY takes them, in chunks whose borders do not depend on who makes them. */
export function* rowChunks(maker: RowMaker, from = 0, to = maker.rows): Generator<RowChunk> {
  for (let start = from; start < to; start += rowsPerChunk) {
    const end = Math.min(to, start + rowsPerChunk)
    yield { text: chunkText(maker, start, end), end }
  }
}

/** Some rows as one text. */
export function chunkText(maker: RowMaker, from: number, to: number): string {
  let text = ''
  for (let row = from; row < to; row++) text += lineOf(maker.row(row), maker.isPlain)
  return text
}

function lineOf(cells: readonly Cell[], isPlain: readonly boolean[]): string {
  let line = ''
  for (let place = 0; place < cells.length; place++) {
    const cell = cells[place] ?? null
    if (place > 0) line += '\t'
    line += cell === null ? '\\N' : isPlain[place] === true ? cell : copyCell(cell)
  }
  return `${line}\n`
}
