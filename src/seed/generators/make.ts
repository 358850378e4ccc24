import type { Cell } from '../cell.ts'
import type { Random } from '../random/random.ts'
import { codes, countPhrases, type Phrases } from './count-phrases.ts'
import { fitText, roomOf } from './format/text.ts'
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
  readonly first?: number
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

/** Phrases as they are; where they must be distinct, with a number behind once all of them are used up. */
export function phraseGenerator(
  input: GeneratorInput,
  name: string,
  phrases: Phrases,
  { join = ' ', ...rest }: Extras & { readonly join?: string } = {},
): Generator {
  const counted = countPhrases(phrases, join, roomOf(input.column), input.rows)
  return textGenerator(input, name, (_, random) => phrases.at(random.below(phrases.size)), { ...counted, ...rest })
}
