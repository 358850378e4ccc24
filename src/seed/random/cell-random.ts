import type { CellAddress } from '../cell.ts'
import { generatorVersion } from './generator-version.ts'
import { hashWords } from './hash-words.ts'
import type { Random } from './random.ts'
import { createSfc32 } from './sfc32.ts'

/** What all cells of a column share. */
export type ColumnAddress = Pick<CellAddress, 'seed' | 'model' | 'field'>

/**
 * Chance for the cells of one column, row by row. What it gives is the same object each time, pointed at another
 * cell: draw all that a cell needs before the next is asked for, and keep nothing of it.
 */
export type ColumnRandoms = (row: number, attempt?: number) => Random

/** Hashes what is constant for a column once; pointing at a cell costs a dozen multiplications and no memory. */
export function columnRandoms(column: ColumnAddress): ColumnRandoms {
  const random = createSfc32(hashWords([column.seed, String(generatorVersion), column.model, column.field]))
  return (row, attempt = 0) => random.point(row, attempt)
}

/** The chance of one cell, an object of its own. */
export function cellRandom(address: CellAddress): Random {
  return columnRandoms(address)(address.row, address.attempt)
}
