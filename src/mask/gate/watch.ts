import { randomInt } from 'node:crypto'
import type { Cell } from '../../seed/cell.ts'
import { alterJson, alterValue } from './alter-value.ts'
import { type Canary, createCanary, runMask, tryCanary } from './canary.ts'
import type { ExaminedColumn, ExaminedTable } from './examined.ts'
import { jsonTexts } from './json-texts.ts'
import { createSampledCounts, type SampledCounts } from './sampled-counts.ts'
import { createTallies, type ColumnTally, type Tallies } from './tallies.ts'
import { createValueHash } from './value-hash.ts'

/** Looks at a fixture while it is made: first at every row of the source, then at every row that comes out. */
export interface Watch {
  readonly canary: Canary
  readonly tallies: Tallies
  /** What stands in the source: to be told of every row before the first one comes out. */
  survey(table: ExaminedTable, row: readonly Cell[]): void
  /** Judges what comes out of a row, and draws again where chance hit a value of somebody else. */
  judge(table: ExaminedTable, source: readonly Cell[], masked: readonly Cell[]): readonly Cell[]
  /** Sends a canary through, as a row of the table would go. */
  plant(table: ExaminedTable, row: readonly Cell[]): void
  /** Looks through what is delivered. */
  scan(text: string): void
  /** How much of the source is known, for the report. */
  readonly known: { readonly values: SampledCounts; readonly runs: SampledCounts }
}

/** A value that so few rows of the source have points to somebody. */
export const rareRows = 5
/** Texts that share a run of so many characters share more than words. */
export const runLength = 12
/** A source with more runs than these is compared by one in so many: a copied text of 80 characters shows in 99 %. */
const manyRuns = 3_000_000
const manyRunsOneIn = 16
/** Shorter texts meet by chance. */
const shortestText = 3
const shortestJsonText = 4
/** A shorter word in a column that is kept may be a value of somebody by chance. */
const shortestStray = 6
/** How often another value is asked for. */
const mostDraws = 12
/** Rows of each table of which a stranger is made, to learn what chance does. */
const controlRows = 1000

/** @param tables all tables of the fixture that are masked */
export function createWatch(tables: readonly ExaminedTable[]): Watch {
  const hash = createValueHash()
  const values = createSampledCounts()
  const runs = createSampledCounts()
  const canary = createCanary()
  const tallies = createTallies(tables)
  const alike = columnsAlike(tables)
  const controls = new Map<ExaminedTable, number>()

  /** In how many rows of the source one of the columns that are masked alike has it: the least of them, 0 for none. */
  const knownRows = (value: string, { id, columns }: Alike): number => {
    const [only] = columns
    if (columns.length === 1 && only !== undefined) return values.count(hash.of(value, only)) ?? 0
    if ((values.count(hash.of(value, id)) ?? 0) === 0) return 0
    return columns.reduce((least, column) => {
      const rows = values.count(hash.of(value, column)) ?? 0
      return rows === 0 ? least : least === 0 ? rows : Math.min(least, rows)
    }, 0)
  }
  const isSomebodys = (rows: number): boolean => rows > 0 && rows <= rareRows
  const alikeOf = ({ id }: ExaminedColumn): Alike => alike.get(id) ?? { id, columns: [id] }
  const hasRun = (text: string): boolean => {
    let found = false
    hash.eachRun(text, runLength, runs.oneIn, (run) => {
      found ||= (runs.count(run) ?? 0) > 0
    })
    return found
  }
  let runsSeen = 0
  const addRun = (run: number): void => {
    runs.add(run)
    runsSeen += 1
    if (runsSeen === manyRuns) runs.thin(manyRunsOneIn)
  }
  const texts = tables.flatMap(({ watched }) => watched.filter(({ form }) => form === 'text').map(({ id }) => id))
  const isStray = (word: string): boolean =>
    (values.count(hash.of(word, anybody)) ?? 0) > 0 &&
    texts.some((id) => isSomebodys(values.count(hash.of(word, id)) ?? 0))
  const isRare = (value: string, id: number): boolean => (values.count(hash.of(value, id)) ?? 1) <= rareRows
  const altered = (
    table: ExaminedTable,
    source: readonly Cell[],
    columns: readonly ExaminedColumn[],
    step: () => number,
  ): readonly Cell[] => {
    const row = [...source]
    for (const { place, form } of columns) {
      const cell = row[place] ?? null
      if (cell !== null) row[place] = form === 'json' ? alterJson(cell, step) : alterValue(cell, step)
    }
    return runMask(table, row)
  }

  function survey({ watched }: ExaminedTable, row: readonly Cell[]): void {
    for (const column of watched) {
      const { place, id, form, piiClass } = column
      const group = alikeOf(column)
      const cell = row[place] ?? null
      if (cell === null || cell === '') continue
      const texts = form === 'json' ? jsonTexts(cell).filter(({ length }) => length >= shortestJsonText) : [cell]
      for (const text of texts) {
        values.add(hash.of(text, id))
        if (form === 'text' && text.length >= shortestStray) values.add(hash.of(text, anybody))
        if (form === 'text' && group.columns.length > 1) values.add(hash.of(text, group.id))
        if (form === 'json' || (form === 'text' && piiClass === 'F'))
          hash.eachRun(text, runLength, runs.oneIn, addRun)
      }
    }
  }

  function judge(table: ExaminedTable, source: readonly Cell[], masked: readonly Cell[]): readonly Cell[] {
    let row = masked
    for (const column of table.watched) {
      const before = source[column.place] ?? null
      if (before === null || before === '') continue
      const tally = tallies.column(column.id)
      tally.cells += 1
      if (column.form === 'json') {
        judgeJson(column, tally, before, row[column.place] ?? null)
        continue
      }
      const { after, rows } = settle(table, column, source, row)
      if (after !== row[column.place]) row = row.with(column.place, after)
      if (after !== null && after !== '') judgeValue(column, tally, { before, after, rows })
    }
    for (const { place, name, isJson } of table.open) {
      const cell = row[place] ?? null
      if (cell === null) continue
      const found = isJson ? jsonTexts(cell) : [cell]
      if (found.flatMap(wordsOf).some(isStray)) tallies.strayed(table, name)
    }
    learnChance(table, source)
    tallies.group(table, row)
    return row
  }

  /** The value that comes out; drawn again where it is that of somebody, as long as nothing hangs on it. */
  function settle(
    table: ExaminedTable,
    column: ExaminedColumn,
    source: readonly Cell[],
    row: readonly Cell[],
  ): Settled {
    const before = source[column.place] ?? null
    const first = row[column.place] ?? null
    if (column.form !== 'text' || first === null || first.length < shortestText) return { after: first, rows: 0 }
    const same = alikeOf(column)
    const rows = knownRows(first, same)
    const isFree = !column.isKept && !tallies.isTied(column.mask)
    if (!isFree || (first !== before && !isSomebodys(rows))) return { after: first, rows }
    let other: Settled | undefined
    for (let draw = 1; draw <= mostDraws; draw++) {
      const again = altered(table, source, [column], () => draw)[column.place] ?? null
      // What passes its value through has nothing else to give.
      if (again === null || again === alterValue(before ?? '', () => draw)) break
      if (again === before) continue
      const found = knownRows(again, same)
      other ??= { after: again, rows: found }
      if (isSomebodys(found)) continue
      tallies.column(column.id).drawnAgain += 1
      return { after: again, rows: found }
    }
    // Where a mask has few words, all of them somebody's, its own row's at least is left out.
    return first === before ? (other ?? { after: first, rows }) : { after: first, rows }
  }

  function judgeValue(
    column: ExaminedColumn,
    tally: ColumnTally,
    { before, after, rows }: Settled & { readonly before: string; readonly after: string },
  ): void {
    const isText = column.form === 'text'
    if (isText && before.length < shortestText) return
    if (after === before && isRare(before, column.id)) tally.rareKept += 1
    if (!isText) return
    if (after !== before && isSomebodys(rows)) tally.rareElsewhere += 1
    if (values.markFirst(hash.of(before, column.id))) {
      tally.overlap.draws += 1
      if (rows > 0) tally.overlap.hits += 1
    }
    if (column.piiClass === 'F') countRun(tally.runs, after)
  }

  function judgeJson({ id }: ExaminedColumn, tally: ColumnTally, before: string, after: Cell): void {
    const texts = jsonTexts(after ?? '').filter(({ length }) => length >= shortestJsonText)
    const known = texts.filter((text) => isSomebodys(values.count(hash.of(text, id)) ?? 0))
    if (known.length > 0) {
      const own = new Set(jsonTexts(before))
      if (known.some((text) => own.has(text))) tally.rareKept += 1
    }
    for (const text of texts) countRun(tally.runs, text)
  }

  function countRun(rate: ColumnTally['runs'], text: string): void {
    if (text.length < runLength) return
    rate.draws += 1
    if (hasRun(text)) rate.hits += 1
  }

  /** A stranger's row through the same masks: what it has in common with the source, chance alone has brought. */
  function learnChance(table: ExaminedTable, source: readonly Cell[]): void {
    const done = controls.get(table) ?? 0
    if (done >= controlRows || table.watched.length === 0) return
    controls.set(table, done + 1)
    const columns = table.watched.filter(({ form }) => form !== 'value')
    const row = altered(table, source, columns, () => randomInt(1, 10))
    for (const column of columns) {
      const cell = row[column.place] ?? null
      const tally = tallies.column(column.id)
      if (cell === null || (source[column.place] ?? null) === null) continue
      if (column.form === 'json') {
        for (const text of jsonTexts(cell)) countRun(tally.runsByChance, text)
        continue
      }
      tally.overlapByChance.draws += 1
      if (cell.length >= shortestText && knownRows(cell, alikeOf(column)) > 0) tally.overlapByChance.hits += 1
      if (column.piiClass === 'F') countRun(tally.runsByChance, cell)
    }
  }

  return {
    canary,
    tallies,
    survey,
    judge,
    plant: (table, row) => {
      tallies.planted(table, tryCanary(table, row, canary))
    },
    scan: (text) => {
      if (text.includes(canary.word)) tallies.delivered()
    },
    known: { values, runs },
  }
}

/** Stands for all watched columns together: a number that none of them has, nor any group of them. */
const anybody = 2 ** 30

/** A text, and what stands in it by itself: the elements of a list, an address in a sentence. */
function wordsOf(text: string): readonly string[] {
  if (text.length < shortestStray) return []
  const words = text.split(/[\s,;|"'`{}()<>[\]]+/u).filter(({ length }) => length >= shortestStray && length < text.length)
  return [text, ...words]
}

/** A value that comes out, and how many rows of the source have it. */
interface Settled {
  readonly after: Cell
  readonly rows: number
}

/** Columns with the same mask. */
interface Alike {
  /** A number that no column has. */
  readonly id: number
  readonly columns: readonly number[]
}

/** Columns with one mask give a value the same mask: a value of one of them must not come out of another. */
function columnsAlike(tables: readonly ExaminedTable[]): ReadonlyMap<number, Alike> {
  const columns = tables.flatMap(({ watched }) => watched.filter(({ form }) => form === 'text'))
  const masks = [...new Set(columns.map(({ mask }) => mask))]
  return new Map(
    columns.map(({ id, mask }) => {
      const same = columns.filter((other) => other.mask === mask).map((other) => other.id)
      return [id, { id: -1 - masks.indexOf(mask), columns: same }]
    }),
  )
}
