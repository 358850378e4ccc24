import type { Cell } from '../../seed/cell.ts'
import { type Alike, alikeOf, anybody, columnsAlike, together } from './alike.ts'
import type { ExaminedColumn, ExaminedTable } from './examined.ts'
import { jsonTexts } from './json-texts.ts'
import { namePairs, namesIn } from './names-in.ts'
import { createValueHash, type ValueHash } from './value-hash.ts'

/** Texts that share a run of so many characters share more than words. */
export const runLength = 12
/** Shorter texts in documents meet by chance. */
export const shortestJsonText = 4
/** A shorter word in a column that is kept may be a value of somebody by chance. */
export const shortestStray = 6

/** Who takes the numbers of what stands in a row. */
export interface SurveyTaker {
  readonly value: (number: number) => void
  readonly run: (number: number) => void
  /** One run in so many is asked for. */
  readonly runsOneIn: () => number
}

/** Tells what stands in the watched columns of a row, as numbers. */
export type SurveyRow = (table: ExaminedTable, row: readonly Cell[], take: SurveyTaker) => void

/** @param tables all tables of the fixture that are masked */
export function createSurvey(
  tables: readonly ExaminedTable[],
  hash: ValueHash,
  alike: ReadonlyMap<number, Alike> = columnsAlike(tables),
): SurveyRow {
  // Nobody asks for them where no column that can carry words is taken as it is.
  const hasOpen = tables.some(({ open }) => open.length > 0)

  function tellText(text: string, column: ExaminedColumn, group: Alike, take: SurveyTaker): void {
    const { id, form, piiClass, vocabulary } = column
    take.value(hash.of(text, id))
    if (form === 'text') {
      const isPublic = vocabulary?.has(text) === true
      if (hasOpen && !isPublic && text.length >= shortestStray) take.value(hash.of(text, anybody))
      if (group.columns.length > 1) take.value(hash.of(text, group.id))
    }
    if (form === 'json' || (form === 'text' && piiClass === 'F'))
      hash.eachRun(text, runLength, take.runsOneIn(), take.run)
  }

  return (table, row, take) => {
    if (hasOpen) for (const pair of namePairs(namesIn(table, row))) take.value(hash.of(pair, together))
    for (const column of table.watched) {
      const cell = row[column.place] ?? null
      if (cell === null || cell === '') continue
      const group = alikeOf(alike, column)
      if (column.form !== 'json') tellText(cell, column, group, take)
      else for (const text of jsonTexts(cell)) if (text.length >= shortestJsonText) tellText(text, column, group, take)
    }
  }
}

/** What a thread has read: numbers for the one that counts. */
export interface SurveyedNumbers {
  readonly values: Float64Array<ArrayBuffer>
  readonly runs: Float64Array<ArrayBuffer>
}

/** Reads rows for another thread. */
export interface Surveyor {
  /** @param runsOneIn one run in so many is asked for from now on */
  begin(runsOneIn: number): void
  survey(table: ExaminedTable, row: readonly Cell[]): void
  /** All numbers since it began; their memory is their own. */
  numbers(): SurveyedNumbers
}

/** @param hashKey the same in all threads of a run */
export function createSurveyor(tables: readonly ExaminedTable[], hashKey: Uint8Array): Surveyor {
  const readRow = createSurvey(tables, createValueHash(hashKey))
  const values = createNumberList()
  const runs = createNumberList()
  let oneIn = 1
  const take: SurveyTaker = { value: values.push, run: runs.push, runsOneIn: () => oneIn }
  return {
    begin: (runsOneIn) => {
      oneIn = runsOneIn
    },
    survey: (table, row) => {
      readRow(table, row, take)
    },
    numbers: () => ({ values: values.take(), runs: runs.take() }),
  }
}

/** Numbers one after the other, in memory that is used again. */
function createNumberList(): { push(number: number): void; take(): Float64Array<ArrayBuffer> } {
  let numbers = new Float64Array(8192)
  let count = 0
  return {
    push: (number) => {
      if (count === numbers.length) {
        const larger = new Float64Array(count * 2)
        larger.set(numbers)
        numbers = larger
      }
      numbers[count++] = number
    },
    take: () => {
      const taken = numbers.slice(0, count)
      count = 0
      return taken
    },
  }
}
