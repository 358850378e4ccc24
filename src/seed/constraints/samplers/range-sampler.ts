import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import { anyValue } from '../any-value.ts'
import { add, divide, floor, multiply, rational, type Rational, subtract } from '../rational.ts'
import type { Line } from './line.ts'
import { lineOf } from './line-of.ts'
import { lineSampler } from './line-sampler.ts'
import type { Domain } from '../domain.ts'
import { listSampler, type ValueSampler } from './value-sampler.ts'

/**
 * Ranges and multiranges: `[lower,upper)` with both bounds, never empty. Those that are counted off follow each other
 * without touching, so that they also satisfy EXCLUDE … WITH &&.
 */
export function rangeSampler(column: ColumnFacts, domain: Domain, now: number): ValueSampler | undefined {
  const [subtype] = column.parts
  const line = subtype === undefined ? undefined : lineOf(subtype, now)
  if (subtype === undefined || line === undefined) return undefined
  const wrap = column.kind === 'multirange' ? (text: string) => `{${text}}` : (text: string) => text
  const contains = (text: string): boolean =>
    domain.values?.includes(text) !== false && domain.excluded?.includes(text) !== true && !/^(?:empty|\{\})$/i.test(text)
  if (domain.values !== undefined) return listSampler([...new Set(domain.values)].filter(contains), contains)
  const starts = lineSampler(line, anyValue)
  const grain = line.grains[0] ?? rational(1n)
  const range = (lower: Rational, length: bigint): string =>
    wrap(`[${quoted(line.format(lower))},${quoted(line.format(add(lower, multiply(grain, rational(length)))))})`)
  const width = widths[subtype.baseType] ?? 10n
  return {
    contains,
    draw: (random) => {
      const start = starts.draw(random)
      const lower = start === undefined ? undefined : line.parse(start)
      return lower === undefined ? undefined : range(lower, 1n + random.belowBig(width))
    },
    ...countedOff(line, grain, width, range),
  }
}

/** Lengths in the coarsest grain of the type: days of a date, milliseconds of a timestamp. */
const widths: Readonly<Record<string, bigint>> = {
  date: 30n, timestamp: 86_400_000n, timestamptz: 86_400_000n, time: 3600n, numeric: 10_000n, float8: 10_000n,
}

function countedOff(
  line: Line,
  grain: Rational,
  width: bigint,
  range: (lower: Rational, length: bigint) => string,
): Pick<ValueSampler, 'capacity' | 'at'> {
  const step = width > 1000n ? 3_600_000n : 2n
  const first = line.preferred[0]
  const space = floor(divide(subtract(line.highest, first), grain)) / step - 1n
  const capacity = space > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(space)
  return {
    capacity: Math.max(0, capacity),
    at: (index) => range(add(first, multiply(grain, rational(BigInt(index) * step))), step / 2n),
  }
}

function quoted(text: string): string {
  return text.includes(' ') ? `"${text}"` : text
}
