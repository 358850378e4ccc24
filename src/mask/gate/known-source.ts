import type { Cell } from '../../seed/cell.ts'
import { anybody, alikeOf, columnsAlike, together } from './alike.ts'
import type { ExaminedColumn, ExaminedTable } from './examined.ts'
import { createSampledCounts, type SampledCounts, type SharedCounts } from './sampled-counts.ts'
import { createSurvey, runLength, type SurveyedNumbers, type SurveyTaker } from './survey-rows.ts'
import { createValueHash, newHashKey } from './value-hash.ts'

/** What stands in the source, as numbers: counted row by row, then asked. */
export interface KnownSource {
  /** To be told of every row before the first one comes out. */
  survey(table: ExaminedTable, row: readonly Cell[]): void
  /** In how many rows of the source one of the columns that are masked alike has it: the least of them, 0 for none. */
  rowsWith(value: string, column: ExaminedColumn): number
  /** In how many rows this column has it, also within a document; undefined where it is not among those compared. */
  rowsOf(value: string, column: number): number | undefined
  /** True where a column of texts has it in few rows, and it is no public word; or few rows have these two names. */
  isStray(word: string): boolean
  /** True the first time for a value of the column. */
  markFirst(value: string, column: number): boolean
  /** True where a run of characters of the text stands in a text of the source. */
  hasRun(text: string): boolean
  /** How much is known, for the report. */
  readonly values: SampledCounts
  readonly runs: SampledCounts
  /** Adds what another thread has read. */
  addAll(numbers: SurveyedNumbers): void
  /** For other threads: the same memory. */
  share(): SharedKnown
}

/** What threads share of a source. */
export interface SharedKnown {
  readonly values: SharedCounts
  readonly runs: SharedCounts
}

/** A value that so few rows of the source have points to somebody. */
export const rareRows = 5
/** A source with more runs than these is compared by one in so many: a copied text of 80 characters shows in 99 %. */
const manyRuns = 3_000_000
const manyRunsOneIn = 16
/** Runs that are kept: twelve megabytes. */
const mostRuns = 750_000

/** True for the number of rows of a value that points to somebody. */
export function isSomebodys(rows: number): boolean {
  return rows > 0 && rows <= rareRows
}

/**
 * @param tables all tables of the fixture that are masked
 * @param hashKey the same in all threads of a run
 */
export function createKnownSource(
  tables: readonly ExaminedTable[],
  hashKey = newHashKey(),
  shared?: SharedKnown,
): KnownSource {
  const hash = createValueHash(hashKey)
  const values = createSampledCounts(undefined, shared?.values)
  const runs = createSampledCounts(mostRuns, shared?.runs)
  const alike = columnsAlike(tables)
  const readRow = createSurvey(tables, hash, alike)
  const texts = tables.flatMap(({ watched }) => watched.filter(({ form }) => form === 'text').map(({ id }) => id))
  let runsSeen = 0

  const addRun = (run: number): void => {
    runs.add(run)
    runsSeen += runs.oneIn
    if (runsSeen >= manyRuns) runs.thin(manyRunsOneIn)
  }

  function rowsWith(value: string, column: ExaminedColumn): number {
    const { id, columns } = alikeOf(alike, column)
    const [only] = columns
    if (columns.length === 1 && only !== undefined) return values.count(hash.of(value, only)) ?? 0
    if ((values.count(hash.of(value, id)) ?? 0) === 0) return 0
    let least = 0
    for (const one of columns) {
      const rows = values.count(hash.of(value, one)) ?? 0
      if (rows > 0 && (least === 0 || rows < least)) least = rows
    }
    return least
  }

  const take: SurveyTaker = { value: values.add, run: addRun, runsOneIn: () => runs.oneIn }

  return {
    values,
    runs,
    rowsWith,
    survey: (table, row) => {
      readRow(table, row, take)
    },
    rowsOf: (value, column) => values.count(hash.of(value, column)),
    isStray: (word) =>
      isSomebodys(values.count(hash.of(word, together)) ?? 0) ||
      ((values.count(hash.of(word, anybody)) ?? 0) > 0 &&
        texts.some((id) => isSomebodys(values.count(hash.of(word, id)) ?? 0))),
    markFirst: (value, column) => values.markFirst(hash.of(value, column)),
    hasRun: (text) => {
      let found = false
      hash.eachRun(text, runLength, runs.oneIn, (run) => {
        found ||= (runs.count(run) ?? 0) > 0
      })
      return found
    },
    addAll: (numbers) => {
      for (const number of numbers.values) values.add(number)
      for (const number of numbers.runs) addRun(number)
    },
    share: () => ({ values: values.share(), runs: runs.share() }),
  }
}
