import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import { anyValue } from '../any-value.ts'
import type { Domain, DomainSampler } from '../domain.ts'
import { arraySampler } from './array-sampler.ts'
import { bytesSampler } from './bytes-sampler.ts'
import { rowFields, rowText } from './container-text.ts'
import { jsonSampler } from './json-sampler.ts'
import { lineOf } from './line-of.ts'
import { lineSampler } from './line-sampler.ts'
import { numberedSampler } from './numbered-sampler.ts'
import { numberedType } from './plain-types.ts'
import { rangeSampler } from './range-sampler.ts'
import { compilePattern, textSampler, textTypes } from './text-sampler.ts'
import { listSampler, type ValueSampler } from './value-sampler.ts'

/** What a sampler takes besides its column and domain. */
export interface SamplerOptions {
  /** Milliseconds since 1970 that count as now: times are drawn before it. */
  readonly now: number
}

/**
 * Draws, judges and counts the values of a column within a domain. Limits of the type are kept as well: of its range,
 * length, precision and labels. Arrays whose elements have a domain take it from `domain.elements`, where
 * `compileChecks` puts it.
 */
export function createSampler(column: ColumnFacts, domain: Domain, options: SamplerOptions): DomainSampler {
  const sampler = domain.null === 'always' ? nothing : valueSampler(column, domain, options.now)
  return {
    contains: (value) => (value === null ? domain.null !== 'never' : domain.null !== 'always' && sampler.contains(value)),
    draw: (random) => {
      const value = sampler.draw(random)
      return value ?? (domain.null === 'never' ? undefined : null)
    },
    // Asked for only where values must be distinct: texts are counted by trying them out.
    get capacity() {
      return sampler.capacity
    },
    get at() {
      return sampler.at
    },
  }
}

const nothing: ValueSampler = { contains: () => false, draw: () => undefined, capacity: 0 }

function valueSampler(column: ColumnFacts, domain: Domain, now: number): ValueSampler {
  if (column.arrayDimensions > 0) {
    const element = { ...column, arrayDimensions: 0, elementDomain: undefined }
    return arraySampler(valueSampler(element, domain.elements ?? anyValue, now), domain)
  }
  const line = lineOf(column, now)
  if (line !== undefined) return onLine(column, domain, (within) => lineSampler(line, within))
  if (textTypes.has(column.baseType)) return textSampler(column, domain)
  if (column.kind === 'range' || column.kind === 'multirange') return rangeSampler(column, domain, now) ?? listed(domain)
  if (column.kind === 'composite') return compositeSampler(column, domain, now)
  if (column.baseType === 'json' || column.baseType === 'jsonb') return jsonSampler(domain)
  if (column.baseType === 'bytea') return bytesSampler(domain)
  const type = numberedType(column)
  return type === undefined ? listed(domain) : numberedSampler(type, domain)
}

/** Lists are counted by their values; labels of an enum may also be chosen by their text. */
function onLine(column: ColumnFacts, domain: Domain, within: (domain: Domain) => ValueSampler): ValueSampler {
  const tests = domain.patterns.map(compilePattern)
  const all = domain.values ?? (tests.length === 0 ? undefined : column.enumLabels)
  const sampler = within(domain)
  if (all === undefined) return sampler
  const contains = (text: string): boolean => sampler.contains(text) && tests.every((matches) => matches(text))
  const list = [...new Set(all)].filter(contains)
  return listSampler(list, contains)
}

/** Of a type that nothing is known of there are only the values that a CHECK names. */
function listed(domain: Domain): ValueSampler {
  const contains = (text: string): boolean =>
    domain.excluded?.includes(text) !== true && domain.values?.includes(text) !== false
  return listSampler((domain.values ?? []).filter(contains), contains)
}

function compositeSampler(column: ColumnFacts, domain: Domain, now: number): ValueSampler {
  if (domain.values !== undefined) return listed(domain)
  const parts = column.parts.map((part, place) => createSampler(part, domain.attributes?.[place] ?? anyValue, { now }))
  const counting = parts.findIndex(({ at, capacity }) => at !== undefined && capacity > 1000)
  const rest = (index: number): string =>
    rowText(parts.map((part, place) => part.at?.(place === counting ? index : 0) ?? null))
  const isInside = (text: string): boolean => {
    const fields = rowFields(text)
    return fields?.length === parts.length && fields.every((field, place) => parts[place]?.contains(field) === true)
  }
  return {
    contains: (text) => domain.excluded?.includes(text) !== true && (domain.attributes === undefined || isInside(text)),
    draw: (random) => {
      const drawn = parts.map((part) => part.draw(random))
      return drawn.includes(undefined) ? undefined : rowText(drawn.map((text) => text ?? null))
    },
    capacity: counting === -1 ? Infinity : (parts[counting]?.capacity ?? 0),
    ...(counting === -1 ? {} : { at: rest }),
  }
}
