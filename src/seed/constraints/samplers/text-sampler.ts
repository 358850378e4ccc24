import type { Random } from '../../random/random.ts'
import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import type { Domain, Pattern } from '../domain.ts'
import { patternStrings, type PatternStrings, stringAt, templateSize } from '../patterns/pattern-strings.ts'
import { listSampler, type ValueSampler } from './value-sampler.ts'

/** Base types whose values are plain text. */
export const textTypes: ReadonlySet<string> = new Set(['text', 'varchar', 'bpchar', 'citext', 'name', 'char'])

/** How often a string is tried that one pattern allows and another, or a look-around, may not. */
const attempts = 200
/** How many strings are tried out to count those that satisfy several patterns at once. */
const mostTried = 20_000

/** Text of some length that matches patterns. */
export function textSampler(column: ColumnFacts, domain: Domain): ValueSampler {
  const declared = column.maxLength ?? typeLengths[column.baseType] ?? Infinity
  const most = Math.min(domain.maxLength ?? Infinity, declared)
  const least = domain.minLength ?? 0
  const contains = judge(column, domain, least, most)
  if (domain.values !== undefined) return listSampler([...new Set(domain.values.filter(contains))], contains)
  if (least > most) return { contains, draw: () => undefined, capacity: 0 }
  const wanted = domain.patterns.filter(({ negated }) => !negated).map(({ source }) => source)
  const sources = wanted.length === 0 ? [plainSource(domain)] : wanted
  const makersFrom = (shortest: number): readonly PatternStrings[] =>
    sources.map((source) => patternStrings(source, shortest, most))
  // The empty text only where there is no other.
  const filled = makersFrom(Math.max(least, 1))
  const makers = least === 0 && filled.every((maker) => maker.template === undefined) ? makersFrom(0) : filled
  let counts: Counted | undefined
  const counted = (): Counted => (counts ??= count(makers, contains, column.baseType === 'citext'))
  return {
    contains,
    draw: (random) => drawText(makers, contains, random),
    get capacity() {
      return counted().capacity
    },
    get at() {
      return counted().at
    },
  }
}

/** Where patterns only say what a text must not hold: letters or digits of the first kind that none of them refuses. */
function plainSource({ patterns }: Domain): string {
  const tests = patterns.map(compilePattern)
  const plain = [['a', '^[a-z]*$'], ['A', '^[A-Z]*$'], ['7', '^[0-9]*$']] as const
  return plain.find(([sign]) => tests.every((matches) => matches(sign)))?.[1] ?? '^[a-z]*$'
}

const typeLengths: Readonly<Record<string, number>> = { name: 63, char: 1 }

function drawText(
  makers: readonly PatternStrings[],
  contains: (text: string) => boolean,
  random: Random,
): string | undefined {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const text = makers[attempt % makers.length]?.draw(random)
    if (text !== undefined && contains(text)) return text
  }
  return undefined
}

/** Whether PostgreSQL would take a text for a column and find it in a domain. */
function judge(column: ColumnFacts, domain: Domain, least: number, most: number): (text: string) => boolean {
  const fold = column.baseType === 'citext' ? (text: string) => text.toLowerCase() : (text: string) => text
  const values = domain.values === undefined ? undefined : new Set(domain.values.map(fold))
  const excluded = new Set((domain.excluded ?? []).map(fold))
  const tests = domain.patterns.map(compilePattern)
  return (written) => {
    // Blanks at the end of char(n) are no part of the value.
    const text = column.baseType === 'bpchar' ? written.replace(/ +$/, '') : written
    const length = characterCount(text)
    return (
      length >= least && length <= most && !text.includes('\0') &&
      (values === undefined || values.has(fold(text))) && !excluded.has(fold(text)) &&
      tests.every((matches) => matches(text))
    )
  }
}

function characterCount(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length
}

/** Whether a text satisfies a pattern. */
export function compilePattern({ source, ignoreCase, negated }: Pattern): (text: string) => boolean {
  const expression = new RegExp(source, ignoreCase ? 'usi' : 'us')
  return (text) => expression.test(text) !== negated
}

type Counted = Pick<ValueSampler, 'capacity' | 'at'>

/** Counts strings off that are distinct for certain: those of one way through one pattern. */
function count(makers: readonly PatternStrings[], contains: (text: string) => boolean, folded: boolean): Counted {
  const [maker] = makers
  const template = maker?.template?.map((characters) => (folded ? foldedOnce(characters) : characters))
  if (template === undefined) return { capacity: Infinity }
  const size = templateSize(template)
  const limit = size > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(size)
  const isSure = makers.length === 1 && maker?.isRough === false
  const tried = Math.min(limit, isSure ? 64 : mostTried)
  const sample = Array.from({ length: tried }, (_, index) => stringAt(template, spread(index, size)))
  if (isSure && limit > mostTried && sample.every(contains)) {
    return { capacity: limit, at: (index) => stringAt(template, BigInt(index)) }
  }
  const all = Array.from({ length: Math.min(limit, mostTried) }, (_, index) => stringAt(template, BigInt(index)))
  const found = [...new Set(limit > mostTried ? sample : all)].filter(contains)
  if (found.length === 0) return { capacity: Infinity }
  return { capacity: found.length, at: (index) => found[index] ?? '' }
}

/** Indexes over the whole of a large space, each another: a step that shares no factor with small bases. */
function spread(index: number, size: bigint): bigint {
  return (BigInt(index) * 1_000_000_007n * 7_919n) % size
}

function foldedOnce(characters: readonly string[]): readonly string[] {
  return [...new Map(characters.map((character) => [character.toLowerCase(), character])).values()]
}
