import { randomInt } from 'node:crypto'
import { isFailure } from '../../errors/failure.ts'
import type { Cell } from '../../seed/cell.ts'
import { maskFailed } from '../fixtures/errors.ts'
import type { ExaminedTable, WordyColumn } from './examined.ts'

/** A word that nobody else writes, planted in what is read from the source: it must not come out. */
export interface Canary {
  /** Lower-case letters. */
  readonly word: string
}

const letters = 'bcdfghjkmnpqrstvwxz'
const wordLength = 14

/** Another word for each run. */
export function createCanary(): Canary {
  return { word: Array.from({ length: wordLength }, () => letters[randomInt(letters.length)] ?? 'x').join('') }
}

/** What became of the canaries of one planted row. */
export interface CanaryOutcome {
  readonly planted: readonly string[]
  /** Columns that gave it back. */
  readonly recovered: readonly string[]
}

/** Sends a copy of a row with a canary in every column that can carry words through the masks, as the row itself is. */
export function tryCanary(table: ExaminedTable, source: readonly Cell[], { word }: Canary): CanaryOutcome {
  const columns = table.wordy.filter((column) => fit(column, word).length >= shortestWord)
  if (columns.length === 0) return { planted: [], recovered: [] }
  const row = [...source]
  for (const column of columns) row[column.place] = shaped(column, word)
  const masked = runMask(table, row)
  const found = (cell: Cell | undefined, part: string): boolean =>
    typeof cell === 'string' && cell.toLowerCase().includes(part)
  const recovered = table.mask.columns.filter((_, place) => {
    const own = columns.find((one) => one.place === place)
    return found(masked[place], own === undefined ? word : fit(own, word))
  })
  return { planted: columns.map(({ name }) => name), recovered: recovered.map(({ column }) => column) }
}

/** A shorter word comes about by chance. */
const shortestWord = 8

function fit({ maxLength }: WordyColumn, word: string): string {
  return word.slice(0, maxLength)
}

/** The word as a value of the column. */
export function shaped(column: WordyColumn, word: string): string {
  const own = column.shape === 'json' ? JSON.stringify({ [word]: word, note: [word] }) : fit(column, word)
  return column.isArray ? `{"${own.replace(/["\\]/gu, '\\$&')}"}` : own
}

/** @throws FIXTURE_MASK_FAILED with nothing of the row in it */
export function runMask({ mask }: ExaminedTable, row: readonly Cell[]): readonly Cell[] {
  try {
    return mask.maskRow(row)
  } catch (error) {
    if (isFailure(error)) throw error
    throw maskFailed(`${mask.schema}.${mask.table}`)
  }
}
