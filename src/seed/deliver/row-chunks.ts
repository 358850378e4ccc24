import { copyLine } from '../../postgres/copy/copy-text.ts'
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
    let text = ''
    for (let row = start; row < end; row++) text += copyLine(maker.row(row))
    yield { text, end }
  }
}
