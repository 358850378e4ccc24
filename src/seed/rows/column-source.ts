import type { Cell } from '../cell.ts'
import type { Domain, DomainSampler } from '../constraints/domain.ts'
import type { Generator, GeneratorInput, RowView } from '../generators/generator.ts'
import type { Random } from '../random/random.ts'
import { anyValue } from '../constraints/any-value.ts'
import { createSampler } from '../constraints/samplers/create-sampler.ts'
import { columnEdges } from '../edges/column-edges.ts'
import { generatorFor } from '../generators/generator-for.ts'

/** The values of one column under one domain: the generator proposes, the domain judges. */
export interface ColumnSource {
  readonly generator: Generator
  /** Undefined where the domain is empty. */
  make(row: RowView, random: Random): Cell | undefined
  /** The same, NULL only where nothing else is allowed. */
  some(row: RowView, random: Random): Cell | undefined
  /** How many distinct values `at` can give. */
  readonly capacity: number
  /** How many of the first of them are taken before all others. */
  readonly first: number
  /** Where the generator is distinct by itself, `at` is not asked: `make` is. */
  readonly isDistinctItself: boolean
  at(index: number, row: RowView): string
  contains(value: Cell): boolean
  /** Edge cases that the column's type and its checks take; found when they are first asked for. */
  edges(isCounted: boolean): readonly string[]
}

/** What a source has besides its column's usual generator. */
export interface SourceExtras {
  /** The user's own generator, in place of the usual one. */
  readonly own?: Generator
  /** What is made of the generator: that of a total. */
  readonly around?: (usual: Generator) => Generator
}

const proposals = 4

/** @param domain what the checks of the table say of the column, in one case of them */
export function createColumnSource(
  input: GeneratorInput,
  domain: Domain | undefined,
  { own, around = (generator) => generator }: SourceExtras = {},
): ColumnSource {
  const isNullable = !input.column.notNull && domain?.null !== 'never'
  const column = { ...input.column, notNull: !isNullable }
  if (own?.isOwn === true) return ownSource({ ...input, column }, domain, own)
  const generator = around(own ?? generatorFor({ ...input, column }))
  if (domain === undefined || !isRestricting(domain)) {
    const sampler = createSampler(column, anyValue, input)
    // What the user asks for is never left for values that are only distinct.
    const counted = own === undefined ? sampler : undefined
    // A generator that knows nothing of the type gives NULL.
    const drawn = (row: RowView, random: Random): Cell | undefined =>
      generator.make(row, random) ?? (isNullable ? null : sampler.draw(random))
    const make = domain?.null === 'always' ? () => null : drawn
    const some = someOf(input, make, sampler)
    const edges = edgesOf(input, domain, generator, sampler)
    return { generator, make, some, edges, contains: () => true, ...distinctValues(generator, counted, input.rows) }
  }
  const sampler = createSampler(column, domain, input)
  return restrictedSource(input, domain, { generator: inForm(generator, sampler), sampler, own })
}

/** What the user says stays: another case of the checks may take it, and if none does, the database refuses. */
function ownSource(input: GeneratorInput, domain: Domain | undefined, own: Generator): ColumnSource {
  const sampler = createSampler(input.column, domain ?? anyValue, input)
  const isRestricted = domain !== undefined && isRestricting(domain)
  const trusted = !isRestricted || own.distinct === true || isIncluded(own, sampler) ? own : undefined
  const make: ColumnSource['make'] = (row, random) => own.make(row, random)
  return {
    generator: own,
    make,
    some: someOf(input, make, sampler),
    contains: (value) => {
      if (value === null) return domain?.null !== 'never'
      return domain?.null !== 'always' && (!isRestricted || sampler.contains(value))
    },
    edges: () => [],
    ...distinctValues(trusted, undefined, input.rows),
  }
}

interface Restricted {
  readonly generator: Generator
  readonly sampler: DomainSampler
  readonly own: Generator | undefined
}

function restrictedSource(
  input: GeneratorInput,
  domain: Domain,
  { generator, sampler, own }: Restricted,
): ColumnSource {
  const counted = own === undefined ? sampler : undefined
  const trusted = isIncluded(generator, sampler) || own?.distinct === true ? generator : undefined
  const make: ColumnSource['make'] = (row, random) => {
    if (domain.null === 'always') return null
    for (let proposal = 0; proposal < proposals; proposal++) {
      const proposed = (proposal === 0 ? generator : (generator.otherwise ?? generator)).make(row, random)
      if (sampler.contains(proposed)) return proposed
    }
    return sampler.draw(random)
  }
  return {
    generator,
    contains: (value) => sampler.contains(value),
    make,
    some: someOf(input, make, sampler),
    edges: edgesOf(input, domain, generator, sampler),
    ...distinctValues(trusted, counted, input.rows),
  }
}

/** The generator, or the first of its forms that the domain takes where it does not take the generator's own. */
function inForm(generator: Generator, sampler: DomainSampler): Generator {
  if (generator.forms === undefined || isIncluded(generator, sampler)) return generator
  return generator.forms.find((form) => isIncluded(form, sampler)) ?? generator
}

function isIncluded(generator: Generator, sampler: DomainSampler): boolean {
  return generator.at !== undefined && probes.every((share) => isContained(generator, sampler, share))
}

function edgesOf(
  { column }: GeneratorInput,
  domain: Domain | undefined,
  { name: generator, otherwise }: Generator,
  sampler: DomainSampler,
): (isCounted: boolean) => readonly string[] {
  // A total stays what its lines come to.
  if (otherwise !== undefined || domain?.null === 'always') return () => []
  return (isCounted) => columnEdges({ column, domain, generator, isCounted }).filter((text) => sampler.contains(text))
}

/** Tries until there is something; the generator of the column as if it were NOT NULL knows best what. */
function someOf(
  input: GeneratorInput,
  make: ColumnSource['make'],
  sampler: DomainSampler,
): (row: RowView, random: Random) => Cell | undefined {
  let filling: Generator | undefined
  return (row, random) => {
    const made = make(row, random)
    if (made !== null) return made
    filling ??= generatorFor({ ...input, column: { ...input.column, notNull: true } })
    const filled = filling.make(row, random)
    return filled !== null && sampler.contains(filled) ? filled : sampler.draw(random)
  }
}

/** True where a domain says more than whether NULL is allowed. */
export function isRestricting({ null: _, patterns, ...rest }: Domain): boolean {
  return patterns.length > 0 || Object.keys(rest).length > 0
}

/** Where in its space a generator's values are held against the domain before they are trusted. */
const probes = Array.from({ length: 64 }, (_, place) => place / 64)

function isContained(generator: Generator, sampler: DomainSampler, share: number): boolean {
  if (generator.at === undefined || generator.capacity === undefined) return false
  const index = Math.min(generator.capacity - 1, Math.floor(Math.min(generator.capacity, 2 ** 50) * share))
  return sampler.contains(generator.at(index, emptyRow))
}

/** The generator's own values as long as there are enough of them: they mean something. */
function distinctValues(
  generator: Generator | undefined,
  sampler: DomainSampler | undefined,
  rows: number,
): Pick<ColumnSource, 'capacity' | 'first' | 'isDistinctItself' | 'at'> {
  const room = generator?.at === undefined && generator?.distinct !== true ? 0 : (generator.capacity ?? Infinity)
  if (generator !== undefined && (room >= rows || sampler?.at === undefined || sampler.capacity <= room)) {
    const at = (index: number, row: RowView): string => generator.at?.(index, row) ?? ''
    return { capacity: room, first: generator.first ?? 0, isDistinctItself: generator.distinct === true, at }
  }
  const at = (index: number): string => sampler?.at?.(index) ?? ''
  return { capacity: sampler?.capacity ?? 0, first: 0, isDistinctItself: false, at }
}

/** A row of which nothing is known: what values of a space are tried with. */
export const emptyRow: RowView = {
  index: 0,
  cell: () => undefined,
  moment: 0,
  person: { firstName: 'Ann', lastName: 'Lee', sex: 'female', handle: 'ann.lee1' },
  address: {
    street: '',
    city: '',
    region: '',
    postalCode: '',
    countryCode: 'US',
    country: '',
    latitude: 0,
    longitude: 0,
  },
}
