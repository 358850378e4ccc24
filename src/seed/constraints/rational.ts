/** An exact number; the denominator is positive and the fraction is in lowest terms. */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

/** The number n/d. */
export function rational(n: bigint, d = 1n): Rational {
  if (d === 1n) return { n, d }
  const sign = d < 0n ? -1n : 1n
  const divisor = greatestDivisor(n < 0n ? -n : n, d * sign)
  return { n: (n * sign) / divisor, d: (d * sign) / divisor }
}

/** Zero. */
export const zero: Rational = { n: 0n, d: 1n }
/** One. */
export const one: Rational = { n: 1n, d: 1n }

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x === 0n ? 1n : x
}

/** Reads a decimal number, with or without an exponent, or a fraction `1/3`. Undefined for anything else. */
export function parseRational(text: string): Rational | undefined {
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text)
  if (fraction !== null) return rational(BigInt(fraction[1] ?? '0'), BigInt(fraction[2] ?? '1'))
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = match
  if (whole === '' && decimals === '') return undefined
  const digits = BigInt(`${whole}${decimals}`) * (sign === '-' ? -1n : 1n)
  const power = Number(exponent) - decimals.length
  return power >= 0 ? rational(digits * 10n ** BigInt(power)) : rational(digits, 10n ** BigInt(-power))
}

/** The form that `parseRational` reads without loss. */
export function rationalText({ n, d }: Rational): string {
  return d === 1n ? n.toString() : `${n.toString()}/${d.toString()}`
}

/** The sum. */
export function add(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d + b.n * a.d, a.d * b.d)
}

/** a - b. */
export function subtract(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d - b.n * a.d, a.d * b.d)
}

/** The product. */
export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d)
}

/** a / b; b is not zero. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n)
}

/** Below, at or above zero as a is below, at or above b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The largest whole number that is not above. */
export function floor({ n, d }: Rational): bigint {
  const quotient = n / d
  return n % d < 0n ? quotient - 1n : quotient
}

/** The nearest whole number, half away from zero, as PostgreSQL rounds numeric values. */
export function round(value: Rational): bigint {
  const { n, d } = value
  const magnitude = ((n < 0n ? -n : n) * 2n + d) / (2n * d)
  return n < 0n ? -magnitude : magnitude
}

/** As a decimal number with that many digits after the point; what is beyond them is cut off. */
export function decimalText(scaled: bigint, digits: number): string {
  if (digits <= 0) return (scaled * 10n ** BigInt(-digits)).toString()
  const negative = scaled < 0n
  const text = (negative ? -scaled : scaled).toString().padStart(digits + 1, '0')
  return `${negative ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
