import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { CompiledChecks, Domain } from '../constraints/domain.ts'
import { capacityExceeded } from './errors.ts'
import { type ColumnSource, isRestricting } from '../rows/column-source.ts'
import { orderColumns } from './order-columns.ts'
import { orderPairs } from './order-pairs.ts'
import { allowedRows, type AllowedPlan } from './plan-partials.ts'
import { type Factor, type FactoredSet, type KeyPlan, planKeys } from './plan-keys.ts'
import type { ColumnPlan, Fill, PartialPlan, PlannedField, RelationPlan, RowIndex } from './seed-plan.ts'
import { uniqueSets, type UniqueSet } from './unique-sets.ts'

/** What a table's plan is made from. */
export interface TableInput {
  readonly facts: TableFacts
  readonly name: string
  readonly rows: number
  /** Added to row numbers in numbered keys; not 0 where rows were there before. */
  readonly offset: number
  readonly fields: ReadonlyMap<string, PlannedField>
  readonly checks: CompiledChecks
  /** Partial unique indexes whose predicates are understood, so that they can be kept from holding. */
  readonly deniable: ReadonlySet<string>
  readonly relations: readonly RelationPlan[]
  /** How many rows a parent has. */
  readonly parentRows: (key: string) => number
  /** Whether a column of a parent has another value in each of its rows. */
  readonly isDistinct: (key: string, column: string) => boolean
  /** Whether a later row of a parent has a greater value in a column. */
  readonly isAscending: (key: string, column: string) => boolean
  readonly source: (column: ColumnFacts) => ColumnSource
}

/** How the columns and relations of a table are filled. */
export interface PlannedTable {
  readonly relations: readonly RelationPlan[]
  readonly columns: readonly ColumnPlan[]
  readonly partials: readonly PartialPlan[]
}

/**
 * Decides how each column is filled, and proves that every unique set has room.
 * @throws SEED_CAPACITY
 */
export function planTable(input: TableInput): PlannedTable {
  const sets = uniqueSets(input.facts)
  const isSelf = (name: string): boolean =>
    input.relations.some((one) => one.name === name && one.pick.kind === 'earlier')
  const factored = sets.map((set): FactoredSet => ({ set, factors: factorsOf(set, input) }))
  const isFull = ({ set, factors }: FactoredSet): boolean =>
    set.predicate === undefined ||
    !input.deniable.has(set.name) ||
    factors.some(({ kind, capacity }) => kind === 'column' && capacity >= input.rows)
  const keys = planKeys(factored.filter(isFull), input.rows, isSelf)
  for (const { set, capacity } of keys.short) throw shortage(set, capacity, input)
  const ordered = { ...keys, columns: new Map([...keys.columns, ...orderColumns(factored, keys, input)]) }
  const pairs = orderPairs(factored, input)
  const partials = factored
    .filter((one) => !isFull(one))
    .map(({ set, factors }): PartialPlan & { readonly sparse?: string } => {
      const { allowed, sparse } = isOccupied(factors, input) ? nowhere : allowedRows(factors, keys, input)
      return { index: set.name, predicate: set.predicate ?? '', allowed, ...(sparse === undefined ? {} : { sparse }) }
    })
  const sparse = partials.flatMap((one) => one.sparse ?? [])
  return {
    relations: input.relations.map((relation) => ({
      ...relation,
      pick: sparse.includes(relation.name)
        ? { kind: 'sparse', every: 3 }
        : (pairs.get(relation.name) ?? keys.relations.get(relation.name) ?? relation.pick),
    })),
    columns: input.facts.columns.map((column) => ({ column: column.name, fill: fillOf(column, ordered, sets, input) })),
    partials,
  }
}

function shortage(set: UniqueSet, capacity: number, input: TableInput): Error {
  const { facts, fields, name: model, rows: need, offset } = input
  const names = set.columns.map((name) => fields.get(name)?.name ?? name)
  const [column] = facts.columns.filter(({ name }) => set.columns.includes(name))
  const isNumber = column !== undefined && set.columns.length === 1 && offset > 0 && isInteger(column)
  if (!isNumber) return capacityExceeded(model, set.name, names, capacity, need)
  return capacityExceeded(model, set.name, names, numberCapacity(column), need, offset)
}

/** A predicate that may hold once in the table holds in a row that is there, for all that is known. */
function isOccupied(factors: readonly Factor[], { offset }: TableInput): boolean {
  return offset > 0 && factors.every(({ kind }) => kind === 'column')
}

const nowhere: AllowedPlan = { allowed: { kind: 'below', limit: 0 } }

/**
 * What can make a set distinct. A relation counts with all its columns in the set, or with one that is distinct in the
 * parent by itself; a column of a relation never counts alone.
 */
function factorsOf(set: UniqueSet, input: TableInput): readonly Factor[] {
  const factors: Factor[] = []
  const covered = new Set<string>()
  for (const relation of input.relations.toSorted((one, other) => other.columns.length - one.columns.length)) {
    const { columns, pick, parent, targetColumns } = relation
    const inside = columns.filter((name) => set.columns.includes(name))
    const isKey =
      inside.length === columns.length ||
      inside.some((name) => input.isDistinct(parent, targetColumns[columns.indexOf(name)] ?? ''))
    if (inside.length === 0 || !isKey || inside.every((name) => covered.has(name))) continue
    // A tree within the table is left to chance, unless nothing else can be distinct.
    if (pick.kind === 'earlier' && set.columns.length > columns.length) continue
    for (const name of inside) covered.add(name)
    const isOpen = relation.nullable.length > 0 && !set.nullsNotDistinct && set.columns.length === columns.length
    const room = input.parentRows(parent) - (relation.differsFrom === undefined ? 0 : 1)
    const counts = countsChildren(relation, input)
    factors.push({ kind: 'relation', name: relation.name, capacity: isOpen ? Infinity : room, counts, preference: 1 })
  }
  const related = new Set(input.relations.flatMap(({ columns }) => columns))
  if (set.slots !== undefined) {
    const name = set.slots.range ?? set.slots.start ?? ''
    factors.push({ kind: 'column', name, capacity: Infinity, counts: false, preference: 9 })
  }
  for (const column of input.facts.columns) {
    const isSlot = set.slots?.columns.includes(column.name) === true
    if (!set.columns.includes(column.name) || related.has(column.name) || isSlot || column.generated !== undefined)
      continue
    const { capacity: own, generator } = input.source(column)
    const capacity = isNumber(column, input) ? Math.max(0, numberCapacity(column) - input.offset) : own
    const counts = isNumber(column, input) && !isNumbered(column)
    // What the user says of a column is kept where anything else can be distinct.
    const preference = generator.name.startsWith('rule:') ? 8 : preferenceOf(column)
    factors.push({ kind: 'column', name: column.name, capacity, counts, preference })
  }
  return factors
}

function fillOf(column: ColumnFacts, keys: KeyPlan, sets: readonly UniqueSet[], input: TableInput): Fill {
  if (column.generated !== undefined) return { kind: 'omitted' }
  if (input.relations.some(({ columns }) => columns.includes(column.name))) return { kind: 'relation' }
  const slot = sets.find(({ slots }) => slots?.columns.includes(column.name) === true)?.slots
  if (slot !== undefined) {
    const index: RowIndex = keys.columns.get(slot.range ?? slot.start ?? '') ?? { kind: 'row' }
    return {
      kind: 'slot',
      index,
      part: slot.range !== undefined ? 'range' : slot.start === column.name ? 'start' : 'end',
    }
  }
  const index = keys.columns.get(column.name)
  if (isNumber(column, input)) return { kind: 'number', ...(index?.kind === 'place' ? { index } : {}) }
  if (index === undefined) return { kind: 'value' }
  const fold = sets.some((set) => set.folded.includes(column.name))
  const mayBeNull = !column.notNull && !sets.some((set) => set.nullsNotDistinct && set.columns.includes(column.name))
  const { capacity, isDistinctItself } = input.source(column)
  const room = isDistinctItself && index.kind === 'row' ? {} : { room: capacity }
  return { kind: 'distinct', index, isScattered: index.kind === 'row' && column.kind !== 'enum', fold, mayBeNull, ...room }
}

/** Integer keys that count: identity, serial, and primary keys with nothing to say about their values. */
function isNumber(column: ColumnFacts, { facts, checks, relations }: TableInput): boolean {
  if (!isInteger(column) || column.domainChecks.length > 0) return false
  if (checks.cases.some(({ domains }) => isRestricted(domains.get(column.name)))) return false
  if (relations.some(({ columns }) => columns.includes(column.name))) return false
  if (isNumbered(column)) return true
  const keys = facts.primaryKey?.keys.flatMap((key) => ('column' in key ? [key.column] : [])) ?? []
  return keys.includes(column.name) && !(keys.length > 1 && isToldApart(column, keys, checks))
}

/** Whether a check wants another number in the column than in a second one of the key: not both can count the rows. */
function isToldApart({ name }: ColumnFacts, keys: readonly string[], { cases }: CompiledChecks): boolean {
  return cases.some(({ comparisons }) =>
    comparisons.some(({ operator, terms }) => {
      const columns = new Set(terms.flatMap((term) => term.columns))
      return operator !== '<=' && columns.has(name) && keys.filter((key) => columns.has(key)).length > 1
    }),
  )
}

function isInteger({ arrayDimensions, baseType }: ColumnFacts): boolean {
  return arrayDimensions === 0 && ['int2', 'int4', 'int8'].includes(baseType)
}

/** Numbered by the database: through the whole table. */
function isNumbered({ identity, sequence, default: text }: ColumnFacts): boolean {
  return identity !== undefined || sequence !== undefined || text?.startsWith('nextval(') === true
}

/** Every row has a parent, any of them, and nothing else decides which. */
function countsChildren({ name, columns, nullable, pick, differsFrom }: RelationPlan, input: TableInput): boolean {
  const others = input.relations.filter((other) => other.name !== name)
  const isShared = others.some((other) => other.columns.some((one) => columns.includes(one)))
  return input.offset === 0 && !isShared && nullable.length === 0 && pick.kind === 'free' && differsFrom === undefined
}

function isRestricted(domain: Domain | undefined): boolean {
  return domain !== undefined && isRestricting(domain)
}

function numberCapacity({ baseType }: ColumnFacts): number {
  return baseType === 'int2' ? 32_767 : baseType === 'int4' ? 2_147_483_647 : Number.MAX_SAFE_INTEGER
}

function preferenceOf({ baseType, kind }: ColumnFacts): number {
  if (['int2', 'int4', 'int8', 'uuid', 'text', 'varchar', 'citext', 'bpchar'].includes(baseType)) return 0
  return kind === 'enum' || baseType === 'bool' ? 3 : 2
}
