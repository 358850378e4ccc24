import type { Domain } from '../domain.ts'
import { listSampler, type ValueSampler } from './value-sampler.ts'

/** Values of json and jsonb. */
export function jsonSampler(domain: Domain): ValueSampler {
  const values = domain.values === undefined ? undefined : new Set(domain.values.map(canonical))
  const { jsonKeys: keys = [], minLength: least = 0, maxLength: most = Infinity } = domain
  const excluded = new Set((domain.excluded ?? []).map(canonical))
  const contains = (text: string): boolean => {
    const form = canonical(text)
    if (form === undefined || excluded.has(form) || values?.has(form) === false) return false
    const value: unknown = JSON.parse(text)
    const length = Array.isArray(value) ? value.length : least
    if (!hasKeys(value, keys) || length < least || length > most) return false
    return domain.jsonTypes?.includes(typeOf(value)) !== false
  }
  if (domain.values !== undefined) return listSampler([...new Set(domain.values)].filter(contains), contains)
  const type = orderedTypes.find((one) => domain.jsonTypes?.includes(one) !== false)
  const make = type === undefined ? undefined : makerOf(type, keys, Math.min(most, Math.max(1, least)))
  if (make === undefined) return { contains, draw: () => undefined, capacity: 0 }
  const few = type === 'boolean' ? ['true', 'false'] : type === 'null' ? ['null'] : undefined
  if (few !== undefined) return listSampler(few.filter(contains), contains)
  return {
    contains,
    draw: (random) => Array.from({ length: 20 }, () => make(random.below(1_000_000))).find(contains),
    capacity: Number.MAX_SAFE_INTEGER,
    // Larger than what a CHECK may have excluded.
    at: (index) => make(index + 1_000_000),
  }
}

const orderedTypes = ['object', 'array', 'string', 'number', 'boolean', 'null'] as const

type Make = (index: number) => string

/** @param length of an array */
function makerOf(type: (typeof orderedTypes)[number], keys: readonly string[], length: number): Make {
  if (type === 'array') return (index) => `[${Array.from({ length }, (_, place) => index + place).join(', ')}]`
  if (type !== 'object') return makers[type]
  if (keys.length === 0) return (index) => `{"value": ${index}}`
  return (index) => `{${keys.map((key) => `${JSON.stringify(key)}: ${index}`).join(', ')}}`
}

const makers: Readonly<Record<'string' | 'number' | 'boolean' | 'null', Make>> = {
  string: (index) => `"value ${index}"`,
  number: String,
  boolean: (index) => (index % 2 === 0 ? 'true' : 'false'),
  null: () => 'null',
}

function hasKeys(value: unknown, keys: readonly string[]): boolean {
  return keys.length === 0 || (typeof value === 'object' && value !== null && keys.every((key) => Object.hasOwn(value, key)))
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
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]))
}
