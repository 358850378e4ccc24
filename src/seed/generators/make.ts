import type { Cell } from '../cell.ts'
import type { Random } from '../random/random.ts'
import { base36, fitText, roomOf } from './format/text.ts'
import type { Generator, GeneratorInput, RowView } from './generator.ts'

/** Makes a generator for a column; undefined where the column has no room for such values. */
export type GeneratorMaker = (input: GeneratorInput) => Generator | undefined

/** The generators of one file, by name. */
export type GeneratorFamily = Readonly<Record<string, GeneratorMaker>>

/** What of a generator is not the usual. */
export interface Extras {
  readonly after?: readonly string[]
  /** The share of rows that have none, where the column allows NULL. */
  readonly nulls?: number
  readonly distinct?: boolean
  readonly capacity?: number
  readonly at?: (index: number, row: RowView) => string
}

/** A generator of whatever `make` writes; the first draw of a cell says whether it is NULL. */
export function valueGenerator(
  input: GeneratorInput,
  name: string,
  make: (row: RowView, random: Random) => Cell,
  { after = [], nulls = 0, ...counted }: Extras = {},
): Generator {
  const { column } = input
  const share = column.notNull || counted.distinct === true ? 0 : nulls
  const fitted = column.maxLength === undefined || !isText(column) ? make : fitting(column, make)
  const draw: Generator['make'] =
    share === 0 ? fitted : (row, random) => (random.fraction() < share ? null : fitted(row, random))
  return { name, after, make: draw, ...counted, ...(isTooLong(column, counted) && codes(roomOf(column))) }
}

/** The same for text. */
export function textGenerator(
  input: GeneratorInput,
  name: string,
  make: (row: RowView, random: Random) => string,
  extras: Extras = {},
): Generator {
  return valueGenerator(input, name, make, extras)
}

function isText({ baseType }: GeneratorInput['column']): boolean {
  return baseType === 'varchar' || baseType === 'bpchar' || baseType === 'text' || baseType === 'citext'
}

function fitting(column: GeneratorInput['column'], make: (row: RowView, random: Random) => Cell): Generator['make'] {
  const fit = fitText(column)
  return (row, random) => {
    const made = make(row, random)
    return made === null ? null : fit(made)
  }
}

/** True where the values that are counted off do not fit; those that need a row see to it themselves. */
function isTooLong(column: GeneratorInput['column'], { at, capacity = 0 }: Extras): boolean {
  const { maxLength } = column
  if (maxLength === undefined || at === undefined || at.length > 1 || !isText(column)) return false
  const count = at as (index: number) => string
  return [0, Math.floor(capacity / 2), capacity - 1].some((index) => [...count(index)].length > maxLength)
}

/** Distinct texts that can be counted off. */
export interface Phrases {
  readonly size: number
  at(index: number): string
}

/** At least so many distinct values of every column that can be unique, if its length allows. */
const plenty = 1_000_000_000

/**
 * Phrases as they are; where they must be distinct, with a number behind once all of them are used up. A column too
 * short for that is filled with letters and digits.
 */
export function phraseGenerator(
  input: GeneratorInput,
  name: string,
  phrases: Phrases,
  { join = ' ', ...rest }: Extras & { readonly join?: string } = {},
): Generator {
  const room = roomOf(input.column)
  const numbers = 10 ** Math.max(0, Math.ceil(Math.log10(plenty / phrases.size)))
  const counted =
    room >= longestOf(phrases) + String(numbers).length + join.length
      ? {
          capacity: phrases.size * numbers,
          at: (index: number) => {
            const round = Math.floor(index / phrases.size)
            const phrase = phrases.at(index - round * phrases.size)
            return round === 0 ? phrase : `${phrase}${join}${round + 1}`
          },
        }
      : codes(room)
  return textGenerator(input, name, (_, random) => phrases.at(random.below(phrases.size)), { ...counted, ...rest })
}

/** As long as the longest of all of them, or of many of them and some more. */
function longestOf(phrases: Phrases): number {
  const tried = Math.min(phrases.size, 500)
  const step = phrases.size / tried
  const lengths = Array.from({ length: tried }, (_, place) => phrases.at(Math.floor(place * step)).length)
  return Math.max(...lengths) + (tried < phrases.size ? 12 : 0)
}

/** The phrases of a list; the same text twice counts once. */
export function listed(texts: readonly string[]): Phrases {
  const distinct = [...new Set(texts)]
  return { size: distinct.length, at: (index) => distinct[index] ?? '' }
}

/** Letters and digits of a fixed width: as many as there is room for, at most eight. */
export function codes(room: number): { readonly capacity: number; readonly at: (index: number) => string } {
  const digits = Math.max(1, Math.min(8, room))
  return { capacity: 36 ** digits, at: (index) => base36(index, digits) }
}
