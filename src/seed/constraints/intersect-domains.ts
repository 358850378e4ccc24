import type { Bound, Domain } from './domain.ts'
import { compare, type Rational } from './rational.ts'

/** How bounds of a type compare; undefined for a text that is no value. */
export type PlaceOf = (text: string) => Rational | undefined

/**
 * What satisfies two domains; undefined where they contradict each other for certain. Where only NULL is left, nothing
 * else is said.
 * @param placeOf of the column's type; without it only one of two bounds in the same direction can be kept
 */
export function intersectDomains(a: Domain, b: Domain, placeOf: PlaceOf = () => undefined): Domain | undefined {
  const nullable = a.null === b.null ? a.null : a.null === 'allowed' ? b.null : b.null === 'allowed' ? a.null : undefined
  if (nullable === undefined) return undefined
  if (nullable === 'always') return { null: 'always', patterns: [] }
  const values = both(a.values, b.values)
  const elements = bothElements(a.elements, b.elements, placeOf)
  const attributes = a.attributes ?? b.attributes
  const step = bothSteps(a.step, b.step)
  const jsonTypes = both(a.jsonTypes, b.jsonTypes)
  const excluded = [...new Set([...(a.excluded ?? []), ...(b.excluded ?? [])])]
  const merged: Domain = {
    null: nullable,
    ...(values === undefined ? {} : { values }),
    ...(excluded.length === 0 ? {} : { excluded }),
    ...bound('min', tighter(a.min, b.min, placeOf, 1)),
    ...bound('max', tighter(a.max, b.max, placeOf, -1)),
    ...limit('minLength', Math.max(a.minLength ?? 0, b.minLength ?? 0), 0),
    ...limit('maxLength', Math.min(a.maxLength ?? Infinity, b.maxLength ?? Infinity), Infinity),
    patterns: [...a.patterns, ...b.patterns.filter((one) => !a.patterns.some((other) => samePattern(one, other)))],
    ...(step === undefined || step === 'none' ? {} : { step }),
    ...(jsonTypes === undefined ? {} : { jsonTypes }),
    ...(elements === undefined ? {} : { elements }),
    ...all('jsonKeys', a.jsonKeys, b.jsonKeys),
    ...all('holds', a.holds, b.holds),
    ...(attributes === undefined ? {} : { attributes }),
  }
  const isEmpty =
    step === 'none' || values?.length === 0 || jsonTypes?.length === 0 || (merged.minLength ?? 0) > (merged.maxLength ?? Infinity)
  if (!isEmpty) return merged
  return nullable === 'allowed' ? { null: 'always', patterns: [] } : undefined
}

function all(name: 'jsonKeys' | 'holds', a: readonly string[] = [], b: readonly string[] = []): Partial<Domain> {
  const texts = [...new Set([...a, ...b])]
  return texts.length === 0 ? {} : { [name]: texts }
}

function both(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a.filter((value) => b.includes(value))
}

/** The step of both; the first common number is looked for. */
function bothSteps(a: Domain['step'], b: Domain['step']): Domain['step'] | 'none' {
  if (a === undefined || b === undefined) return a ?? b
  const [first, second] = [BigInt(a.modulus), BigInt(b.modulus)]
  const [large, small] = first >= second ? [a, b] : [b, a]
  const [stride, other] = first >= second ? [first, second] : [second, first]
  // Below zero remainders are negative: signs that differ have nothing in common but what both leave without rest.
  for (let turn = 0n; turn < other; turn++) {
    const value = BigInt(large.remainder) + turn * stride * (BigInt(large.remainder) < 0n ? -1n : 1n)
    if (value % other !== BigInt(small.remainder)) continue
    const common = leastMultiple(first, second)
    return { modulus: common.toString(), remainder: (value % common).toString() }
  }
  return 'none'
}

function leastMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return (a / x) * b
}

function bothElements(a: Domain | undefined, b: Domain | undefined, placeOf: PlaceOf): Domain | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return intersectDomains(a, b, placeOf) ?? { null: 'never', values: [], patterns: [] }
}

function tighter(a: Bound | undefined, b: Bound | undefined, placeOf: PlaceOf, direction: 1 | -1): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const [first, second] = [placeOf(a.value), placeOf(b.value)]
  if (first === undefined || second === undefined) return a
  const order = compare(first, second) * direction
  if (order === 0) return a.inclusive ? b : a
  return order > 0 ? a : b
}

function bound(name: 'min' | 'max', value: Bound | undefined): { min?: Bound; max?: Bound } {
  return value === undefined ? {} : { [name]: value }
}

function limit(name: 'minLength' | 'maxLength', value: number, none: number): { minLength?: number; maxLength?: number } {
  return value === none ? {} : { [name]: value }
}

function samePattern(a: Domain['patterns'][number], b: Domain['patterns'][number]): boolean {
  return a.source === b.source && a.negated === b.negated && a.ignoreCase === b.ignoreCase
}
