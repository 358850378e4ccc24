import { randomInt } from 'node:crypto'
import { isFailure } from '../../errors/failure.ts'
import type { Cell } from '../../seed/cell.ts'
import { alterJson, alterValue } from './alter-value.ts'
import { type Canary, createCanary, runMask, tryCanary } from './canary.ts'
import type { ExaminedColumn, ExaminedTable } from './examined.ts'
import { jsonTexts } from './json-texts.ts'
import { namesIn } from './names-in.ts'
import { createKnownSource, isSomebodys, type KnownSource, rareRows, type SharedKnown } from './known-source.ts'
import { runLength, shortestJsonText, shortestStray } from './survey-rows.ts'
import { createTallies, type ColumnTally, type Tallies } from './tallies.ts'
import { newHashKey } from './value-hash.ts'

/** What is drawn for a run; the same in all its threads, and kept nowhere. */
export interface WatchSecret {
  readonly canary: Canary
  readonly hashKey: Uint8Array
}

/** Drawn anew for each run. */
export function drawSecret(): WatchSecret {
  return { canary: createCanary(), hashKey: newHashKey() }
}

/** Looks at every row that comes out of a fixture while it is made. */
export interface Watch {
  readonly canary: Canary
  readonly tallies: Tallies
  /** Judges what comes out of a row, and draws again where chance hit a value of somebody else. */
  judge(table: ExaminedTable, source: readonly Cell[], masked: readonly Cell[]): readonly Cell[]
  /** Sends a canary through, as a row of the table would go. */
  plant(table: ExaminedTable, row: readonly Cell[]): void
  /** Looks through what is delivered. */
  scan(bytes: Buffer): void
  /** The rows of the source: to be told of all of them before the first one comes out. */
  readonly known: KnownSource
}

/** Shorter texts meet by chance. */
const shortestText = 3
/** How often another value is asked for. */
const mostDraws = 12
/** Rows of each table of which each thread makes a stranger, to learn what chance does. */
const controlRows = 1000

/**
 * @param tables all tables of the fixture that are masked
 * @param shared what other threads have counted of the source
 */
export function createWatch(
  tables: readonly ExaminedTable[],
  { canary, hashKey } = drawSecret(),
  shared?: SharedKnown,
): Watch {
  const known = createKnownSource(tables, hashKey, shared)
  const tallies = createTallies(tables, hashKey)
  const controls = new Map<ExaminedTable, number>()
  const namesBefore = new Map<ExaminedTable, readonly string[]>()

  const isRare = (value: string, id: number): boolean => (known.rowsOf(value, id) ?? 1) <= rareRows
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
    judgeOpen(table, source, row)
    learnChance(table, source)
    tallies.group(table, row)
    return row
  }

  /**
   * What is taken as it is. Public words, names above all, are somebody's anywhere; so of those it is asked whether
   * they go with the names of their own row more often than with those of the row before.
   */
  function judgeOpen(table: ExaminedTable, source: readonly Cell[], row: readonly Cell[]): void {
    if (table.open.length === 0) return
    const own = namesIn(table, source)
    const others = namesBefore.get(table) ?? []
    if (own.length > 0) namesBefore.set(table, own)
    for (const { place, name, isJson } of table.open) {
      const cell = row[place] ?? null
      if (cell === null) continue
      const texts = isJson ? jsonTexts(cell) : [cell]
      if (texts.some((text) => stringsOf(text).some(known.isStray))) tallies.strayed(table, name)
      if (own.length === 0 || others.length === 0) continue
      const words = new Set(texts.flatMap((text) => phrasesOf(text).flat()))
      tallies.named(table, name, {
        own: own.some((one) => words.has(one)),
        other: others.some((one) => words.has(one)),
      })
    }
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
    const rows = known.rowsWith(first, column)
    const isFree = !column.isKept && !tallies.isTied(column.mask) && table.mask.own?.noted.has(column.place) !== true
    if (!isFree || (first !== before && !isSomebodys(rows))) return { after: first, rows }
    let other: Settled | undefined
    for (let draw = 1; draw <= mostDraws; draw++) {
      const again = altered(table, source, [column], () => draw)[column.place] ?? null
      // What passes its value through has nothing else to give.
      if (again === null || again === alterValue(before ?? '', () => draw)) break
      if (again === before || !isTaken(table, source, row.with(column.place, again))) continue
      const found = known.rowsWith(again, column)
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
    if (known.markFirst(before, column.id)) {
      tally.overlap.draws += 1
      if (rows > 0) tally.overlap.hits += 1
    }
    if (column.piiClass === 'F') countRun(tally.runs, after)
  }

  function judgeJson({ id }: ExaminedColumn, tally: ColumnTally, before: string, after: Cell): void {
    const texts = jsonTexts(after ?? '').filter(({ length }) => length >= shortestJsonText)
    const rare = texts.filter((text) => isSomebodys(known.rowsOf(text, id) ?? 0))
    if (rare.length > 0) {
      const own = new Set(jsonTexts(before))
      if (rare.some((text) => own.has(text))) tally.rareKept += 1
    }
    for (const text of texts) countRun(tally.runs, text)
  }

  function countRun(rate: ColumnTally['runs'], text: string): void {
    if (text.length < runLength) return
    rate.draws += 1
    if (known.hasRun(text)) rate.hits += 1
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
      if (cell.length >= shortestText && known.rowsWith(cell, column) > 0) tally.overlapByChance.hits += 1
      if (column.piiClass === 'F') countRun(tally.runsByChance, cell)
    }
  }

  return {
    canary,
    tallies,
    judge,
    plant: (table, row) => {
      tallies.planted(table, tryCanary(table, row, canary))
    },
    scan: (bytes) => {
      if (bytes.includes(canary.word)) tallies.delivered()
    },
    known,
  }
}

/** What a mask of the user's own makes of another value must be one that constraints take, too. */
function isTaken({ mask }: ExaminedTable, source: readonly Cell[], row: readonly Cell[]): boolean {
  try {
    mask.own?.refuse(source, row)
    return true
  } catch (error) {
    if (isFailure(error)) return false
    throw error
  }
}

/** A text, and what stands in it by itself: the elements of a list, an address in a sentence, two names. */
function stringsOf(text: string): readonly string[] {
  if (text.length < shortestStray) return []
  const phrases = phrasesOf(text)
  const words = phrases.flat().filter(({ length }) => length >= shortestStray && length < text.length)
  const pairs = phrases.flatMap((phrase) => phrase.slice(1).map((word, before) => `${phrase[before] ?? ''} ${word}`))
  return [text, ...words, ...pairs]
}

/** The words of a text, those that only blanks part with each other. */
function phrasesOf(text: string): readonly (readonly string[])[] {
  const phrases = text.split(/[,;|"'`{}()<>[\]]+/u)
  return phrases.map((phrase) => phrase.split(/\s+/u).filter((word) => word !== ''))
}

/** A value that comes out, and how many rows of the source have it. */
interface Settled {
  readonly after: Cell
  readonly rows: number
}
