import { base36 } from './format/text.ts'

/** Distinct texts that can be counted off. */
export interface Phrases {
  readonly size: number
  at(index: number): string
}

/** Distinct values that can be counted off. */
export interface Counted {
  readonly capacity: number
  readonly at: (index: number) => string
  /** How many of them, the first, are taken before all others: those that say something as they are. */
  readonly first?: number
}

/** At least so many distinct values of every column that can be unique, if its length allows. */
const plenty = 1_000_000_000
/** Fewer phrases than this are no choice. */
const fewest = 8
/** Of a large space of phrases no more are looked at to find those that fit. */
const mostTried = 5000
const fewestDigits = 2

/**
 * Phrases as they are, then with a number behind. In a short column only those that fit, with as many digits as there
 * is room for; where that is not enough for all rows, letters and digits.
 * @param room characters
 */
export function countPhrases(phrases: Phrases, join: string, room: number, rows: number): Counted {
  const numbers = 10 ** Math.max(0, Math.ceil(Math.log10(plenty / phrases.size)))
  if (room >= longestOf(phrases) + String(numbers).length + join.length) return numbered(phrases, join, numbers)
  for (let digits = fewestDigits; digits <= 9; digits++) {
    const short = shortOf(phrases, room - join.length - digits)
    if (short.size < fewest) break
    // With a number from 2 on behind, of so many digits at most.
    const rounds = 10 ** digits - 1
    if (short.size * rounds >= rows) return numbered(short, join, rounds)
  }
  return codes(room)
}

function numbered(phrases: Phrases, join: string, rounds: number): Counted {
  return {
    capacity: phrases.size * rounds,
    first: phrases.size,
    at: (index) => {
      const round = Math.floor(index / phrases.size)
      const phrase = phrases.at(index - round * phrases.size)
      return round === 0 ? phrase : `${phrase}${join}${round + 1}`
    },
  }
}

function shortOf(phrases: Phrases, room: number): Phrases {
  const tried = Math.min(phrases.size, mostTried)
  // From all over: neighbours have words in common.
  const spread = Array.from({ length: tried }, (_, place) => phrases.at(Math.floor((place * phrases.size) / tried)))
  return listed(spread.filter((phrase) => phrase.length <= room))
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
export function codes(room: number): Counted {
  const digits = Math.max(1, Math.min(8, room))
  return { capacity: 36 ** digits, at: (index) => base36(index, digits) }
}
