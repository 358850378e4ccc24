import type { Domain } from '../domain.ts'
import { listSampler, type ValueSampler } from './value-sampler.ts'

/** Values of json and jsonb. */
export function jsonSampler(domain: Domain): ValueSampler {
  const values = domain.values === undefined ? undefined : new Set(domain.values.map(canonical))
  const excluded = new Set((domain.excluded ?? []).map(canonical))
  const contains = (text: string): boolean => {
    const form = canonical(text)
    if (form === undefined || excluded.has(form) || values?.has(form) === false) return false
    return domain.jsonTypes?.includes(typeOf(JSON.parse(text))) !== false
  }
  if (domain.values !== undefined) return listSampler([...new Set(domain.values)].filter(contains), contains)
  const type = orderedTypes.find((one) => domain.jsonTypes?.includes(one) !== false)
  const make = type === undefined ? undefined : makers[type]
  if (make === undefined) return { contains, draw: () => undefined, capacity: 0 }
  const few = type === 'boolean' ? ['true', 'false'] : type === 'null' ? ['null'] : undefined
  if (few !== undefined) return listSampler(few.filter(contains), contains)
  return {
    contains,
    draw: (random) => firstOf(Array.from({ length: 20 }, () => make(random.below(1_000_000))), contains),
    capacity: Number.MAX_SAFE_INTEGER,
    // What is excluded is never one of these, but for small numbers and texts.
    at: (index) => make(index + offset),
  }
}

/** Numbers from here on are not among those that a CHECK names. */
const offset = 0

const orderedTypes = ['object', 'array', 'string', 'number', 'boolean', 'null'] as const

const makers: Readonly<Record<string, (index: number) => string>> = {
  object: (index) => `{"value": ${index}}`,
  array: (index) => `[${index}]`,
  string: (index) => `"value ${index}"`,
  number: String,
  boolean: (index) => (index % 2 === 0 ? 'true' : 'false'),
  null: () => 'null',
}

function firstOf(texts: readonly string[], contains: (text: string) => boolean): string | undefined {
  return texts.find(contains)
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** The same text for values that jsonb takes as equal; undefined for what is no JSON. */
function canonical(text: string): string | undefined {
  try {
    return JSON.stringify(sorted(JSON.parse(text)))
  } catch {
    return undefined
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]))
}
