import { floor, multiply, rational, type Rational, zero } from '../rational.ts'
import type { Line } from './line.ts'
import {
  day,
  formatClock,
  formatDate,
  formatInstant,
  parseClock,
  parseInstant,
  parseInterval,
  second,
} from './time-text.ts'

/** `date`; a text with a time of day is what PostgreSQL cuts off, so it is no value. */
export function dateLine(now: number): Line {
  return {
    unit: 'instant',
    parse: (text) => toRational(parseInstant(text)),
    format: (value) => formatDate(floor(value)),
    ...instantLimits,
    grains: [rational(day)],
    resolution: undefined,
    preferred: lately(now, day),
  }
}

/** `timestamp` and `timestamptz`. */
export function timestampLine(now: number, digits: number | undefined, withZone: boolean): Line {
  const grains = grainsOf(digits, [3, 6])
  return {
    unit: 'instant',
    parse: (text) => toRational(parseInstant(text)),
    format: (value) => `${formatInstant(floor(value))}${withZone ? '+00' : ''}`,
    ...instantLimits,
    grains,
    resolution: grains.at(-1),
    preferred: lately(now, second),
  }
}

/** `time` and `timetz`. */
export function clockLine(digits: number | undefined, withZone: boolean): Line {
  const grains = grainsOf(digits, [0, 3, 6])
  return {
    unit: 'clock',
    parse: (text) => toRational(parseClock(withZone ? text.replace(/[+-]00(:00)?$/, '') : text)),
    format: (value) => `${formatClock(floor(value))}${withZone ? '+00' : ''}`,
    lowest: zero,
    highest: rational(day - second),
    grains,
    resolution: grains.at(-1),
    preferred: [zero, rational(day - second)],
  }
}

/** `interval`; a month counts as 30 days, as PostgreSQL compares. */
export function intervalLine(digits: number | undefined): Line {
  const limit = rational(100n * 365n * day)
  const grains = grainsOf(digits, [0, 3, 6])
  return {
    unit: 'duration',
    parse: (text) => {
      const interval = parseInterval(text)
      return interval === undefined ? undefined : rational(interval.months * 30n * day + interval.microseconds)
    },
    format: (value) => {
      const microseconds = floor(value)
      return microseconds < 0n ? `-${formatClock(-microseconds)}` : formatClock(microseconds)
    },
    lowest: multiply(limit, rational(-1n)),
    highest: limit,
    grains,
    resolution: grains.at(-1),
    preferred: [rational(60n * second), rational(30n * day)],
  }
}

const instantLimits = {
  // Years that every driver and every calendar can show.
  lowest: rational(parseInstant('0001-01-01') ?? 0n),
  highest: rational(parseInstant('9999-12-31') ?? 0n),
}

function lately(now: number, grain: bigint): readonly [Rational, Rational] {
  const end = BigInt(Math.floor(now)) * 1000n
  return [rational((end - 730n * day) / grain * grain), rational(end / grain * grain)]
}

function grainsOf(digits: number | undefined, wanted: readonly number[]): readonly Rational[] {
  const most = digits ?? 6
  const usable = wanted.filter((count) => count < most)
  return [...usable, most].map((count) => rational(10n ** BigInt(6 - count)))
}

function toRational(microseconds: bigint | undefined): Rational | undefined {
  return microseconds === undefined ? undefined : rational(microseconds)
}
