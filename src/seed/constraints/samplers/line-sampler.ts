import type { Random } from '../../random/random.ts'
import type { Bound, Domain } from '../domain.ts'
import { compare, divide, floor, multiply, parseRational, rational, type Rational, round } from '../rational.ts'
import type { Line } from './line.ts'
import type { ValueSampler } from './value-sampler.ts'

/** Values of a line within bounds, on a step, without the excluded ones: counted, drawn and counted off exactly. */
export function lineSampler(line: Line, domain: Domain): ValueSampler {
  const isWithin = withinDomain(line, domain)
  const contains = (text: string): boolean => {
    const value = placeOf(line, text)
    return value !== undefined && isWithin(value)
  }
  const lattice = latticeOf(line, domain)
  if (lattice === undefined) return { contains, draw: () => undefined, capacity: 0 }
  const { first, count, stride, grain, excluded } = lattice
  const [windowStart, windowCount] = windowOf(line, lattice)
  const textAt = (position: bigint): string =>
    line.format(multiply(rational(first + position * stride), grain))
  // Positions count on from the window's start and wrap around the end.
  const holes = excluded.map((one) => (one - windowStart + count) % count).sort(ascending)
  const skip = (index: bigint): bigint => {
    let place = index
    for (const hole of holes) if (hole <= place) place++
    return (windowStart + place) % count
  }
  const drawable = windowCount - BigInt(holes.filter((hole) => hole < windowCount).length)
  const free = count - BigInt(excluded.length)
  return {
    contains,
    draw: (random: Random) => textAt(skip(random.belowBig(drawable > 0n ? drawable : free))),
    capacity: free > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(free),
    at: (index) => textAt(skip(BigInt(index))),
  }
}

/** Where PostgreSQL puts a value when it stores it. */
export function placeOf(line: Line, text: string): Rational | undefined {
  const value = line.parse(text)
  if (value === undefined || line.resolution === undefined) return value
  return multiply(rational(round(divide(value, line.resolution))), line.resolution)
}

/** A bound may be finer than the values: `x > 0.5` of an integer. */
export function boundOf(line: Line, bound: Bound): Rational | undefined {
  return line.unit === 'number' ? (parseRational(bound.value) ?? line.parse(bound.value)) : line.parse(bound.value)
}

function withinDomain(line: Line, domain: Domain): (value: Rational) => boolean {
  const { min, max, step } = domain
  const place = (text: string): Rational | undefined => boundOf(line, { value: text, inclusive: true })
  const known = (value: Rational | undefined): boolean => value !== undefined
  const [lowest, highest] = [min && boundOf(line, min), max && boundOf(line, max)]
  const values = domain.values?.map(place).filter((value) => value !== undefined)
  const excluded = domain.excluded?.map(place).filter((value) => value !== undefined)
  const isStep = step && { modulus: BigInt(step.modulus), remainder: BigInt(step.remainder) }
  return (value) => {
    if (compare(value, line.lowest) < 0 || compare(value, line.highest) > 0) return false
    if (min !== undefined && !(known(lowest) && isBeyond(compare(value, lowest ?? value), min))) return false
    if (max !== undefined && !(known(highest) && isBeyond(-compare(value, highest ?? value), max))) return false
    if (isStep !== undefined && (value.d !== 1n || value.n % isStep.modulus !== isStep.remainder)) return false
    if (values !== undefined && !values.some((other) => compare(other, value) === 0)) return false
    return excluded?.some((other) => compare(other, value) === 0) !== true
  }
}

function isBeyond(difference: number, bound: Bound): boolean {
  return difference > 0 || (bound.inclusive && difference === 0)
}

interface Lattice {
  readonly grain: Rational
  /** The first value, in grains, and the distance to the next. */
  readonly first: bigint
  readonly stride: bigint
  readonly count: bigint
  /** Places from 0 below count. */
  readonly excluded: readonly bigint[]
}

/** The values to draw from; a finer grain where the coarse one finds fewer than a hundred. */
function latticeOf(line: Line, domain: Domain): Lattice | undefined {
  let found: Lattice | undefined
  for (const grain of line.grains) {
    const lattice = latticeWith(line, domain, grain)
    if (lattice !== undefined && (found === undefined || lattice.count > found.count)) found = lattice
    if (lattice !== undefined && lattice.count >= 100n) break
  }
  return found
}

function latticeWith(line: Line, domain: Domain, grain: Rational): Lattice | undefined {
  const lowest = domain.min === undefined ? undefined : boundOf(line, domain.min)
  const highest = domain.max === undefined ? undefined : boundOf(line, domain.max)
  if (domain.min !== undefined && lowest === undefined) return undefined
  if (domain.max !== undefined && highest === undefined) return undefined
  let low = ceiling(divide(line.lowest, grain))
  let high = floor(divide(line.highest, grain))
  if (lowest !== undefined) low = largest(low, inside(divide(lowest, grain), domain.min?.inclusive === true, 1))
  if (highest !== undefined) high = smallest(high, inside(divide(highest, grain), domain.max?.inclusive === true, -1))
  let stride = 1n
  if (domain.step !== undefined) {
    stride = BigInt(domain.step.modulus)
    const remainder = BigInt(domain.step.remainder)
    // As in PostgreSQL a remainder has the sign of the number, so one other than 0 means numbers of its sign.
    if (remainder > 0n) low = largest(low, 0n)
    if (remainder < 0n) high = smallest(high, 0n)
    low += (((remainder - low) % stride) + stride) % stride
  }
  if (low > high) return undefined
  const count = (high - low) / stride + 1n
  const excluded = new Set<bigint>()
  for (const text of domain.excluded ?? []) {
    const value = boundOf(line, { value: text, inclusive: true })
    const place = value === undefined ? undefined : divide(value, grain)
    if (place?.d !== 1n || place.n < low || place.n > high || (place.n - low) % stride !== 0n) continue
    excluded.add((place.n - low) / stride)
  }
  if (BigInt(excluded.size) === count) return undefined
  return { grain, first: low, stride, count, excluded: [...excluded].sort(ascending) }
}

/** The part of the lattice to draw from: where values of the type usually are, else near the bound. */
function windowOf(line: Line, { grain, first, stride, count }: Lattice): readonly [bigint, bigint] {
  const placeOf = (value: Rational): bigint => (floor(divide(value, grain)) - first) / stride
  const [from, to] = [placeOf(line.preferred[0]), placeOf(line.preferred[1])]
  const width = largest(to - from + 1n, 10n)
  // A whole that is not much larger than what is usual is taken as it is.
  if (count <= width * 500n && (from <= 0n || to >= count)) return [0n, count]
  const start = largest(from, 0n)
  const shared = smallest(to, count - 1n) - start + 1n
  if (shared >= smallest(width / 10n, count)) return [start, shared]
  if (from >= count) return [largest(count - width, 0n), smallest(width, count)]
  return [start, smallest(width, count - start)]
}

function inside(place: Rational, inclusive: boolean, direction: 1 | -1): bigint {
  if (place.d === 1n) return inclusive ? place.n : place.n + BigInt(direction)
  return direction === 1 ? floor(place) + 1n : floor(place)
}

function ceiling(value: Rational): bigint {
  return value.d === 1n ? value.n : floor(value) + 1n
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function smallest(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
