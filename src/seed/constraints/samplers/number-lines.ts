import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import { decimalText, floor, multiply, parseRational, rational, type Rational, zero } from '../rational.ts'
import type { Line } from './line.ts'

const thousand = rational(1000n)

/** Integers between two limits. */
export function integerLine(lowest: bigint, highest: bigint): Line {
  return {
    unit: 'number',
    parse: (text) => (/^\s*[+-]?\d+\s*$/.test(text) ? parseRational(text) : undefined),
    format: (value) => floor(value).toString(),
    lowest: rational(lowest),
    highest: rational(highest),
    grains: [rational(1n)],
    resolution: undefined,
    preferred: [rational(1n), thousand],
  }
}

/** `numeric`, with precision and scale or without. */
export function numericLine({ precision, scale }: Pick<ColumnFacts, 'precision' | 'scale'>): Line {
  if (precision === undefined || scale === undefined) {
    const limit = rational(10n ** 15n)
    return decimalLine(limit, [2, 4, 6, 9, 12, 18], undefined)
  }
  const grain = power(-scale)
  return decimalLine(multiply(rational(10n ** BigInt(precision) - 1n), grain), [scale], grain)
}

/** `float4` and `float8`. Multiples of an eighth and the like are what `float4` holds exactly. */
export function floatLine(bytes: 4 | 8): Line {
  if (bytes === 8) return decimalLine(rational(10n ** 15n), [3, 6, 9, 12], undefined)
  const line = decimalLine(rational(1n << 20n), [3, 6, 10], undefined)
  return {
    ...line,
    grains: [rational(1n, 8n), rational(1n, 64n), rational(1n, 1024n)],
    parse: (text) => (line.parse(text) === undefined ? undefined : exactDouble(Math.fround(Number(text)))),
    format: (value) => decimalOf(value, 10),
  }
}

/** `money`, whose text has a currency and groups where the locale says so. */
export function moneyLine(): Line {
  const line = decimalLine(rational(10n ** 13n), [2], rational(1n, 100n))
  return { ...line, parse: (text) => parseRational(text.replace(/[$€£¥,\s]/gu, '')) }
}

/** A decimal number, exactly, with no more digits after the point than it needs. */
function decimalOf(value: Rational, digits: number): string {
  const text = decimalText(floor(multiply(value, power(digits))), digits)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function decimalLine(limit: Rational, digits: readonly number[], resolution: Rational | undefined): Line {
  const most = Math.max(...digits)
  return {
    unit: 'number',
    parse: parseRational,
    format: (value) =>
      digits.length === 1 ? decimalText(floor(multiply(value, power(most))), most) : decimalOf(value, most),
    lowest: rational(-limit.n, limit.d),
    highest: limit,
    grains: digits.map((count) => power(-count)),
    resolution,
    preferred: [zero, thousand],
  }
}

function power(exponent: number): Rational {
  return exponent >= 0 ? rational(10n ** BigInt(exponent)) : rational(1n, 10n ** BigInt(-exponent))
}

/** What a binary number holds to the last bit. */
function exactDouble(value: number): Rational | undefined {
  if (!Number.isFinite(value)) return undefined
  let [whole, shift] = [value, 0n]
  while (!Number.isInteger(whole) && shift < 1100n) [whole, shift] = [whole * 2, shift + 1n]
  return rational(BigInt(whole), 1n << shift)
}
