import { quoteIdentifier } from '../../postgres/quote.ts'
import type { ExclusionFacts, TableFacts, UniqueFacts, UniqueKey } from '../../postgres/tables/table-facts.ts'
import { readSlots, type SlotParts } from './read-slots.ts'

/** Columns in which no two rows of a table may agree. */
export interface UniqueSet {
  /** Of the index or constraint. */
  readonly name: string
  readonly columns: readonly string[]
  /** Columns that differ only by an expression over them, such as `lower(email)`. */
  readonly folded: readonly string[]
  /** SQL of a partial index. */
  readonly predicate: string | undefined
  readonly nullsNotDistinct: boolean
  /** Where rows must not overlap instead of not be equal. */
  readonly slots: SlotParts | undefined
}

/** All of a table: its primary key first, the narrow ones before the wide. */
export function uniqueSets(table: TableFacts): readonly UniqueSet[] {
  const keys = table.primaryKey === undefined ? table.uniques : [table.primaryKey, ...table.uniques]
  const sets = [
    ...keys.map((key) => fromUnique(key, table)),
    ...table.exclusions.map((exclusion) => fromExclusion(table, exclusion)),
  ]
  return sets.toSorted((one, other) => width(one) - width(other))
}

function fromUnique({ name, keys, predicate, nullsNotDistinct }: UniqueFacts, table: TableFacts): UniqueSet {
  const parts = keys.map((key) => ('column' in key ? computed(key.column, table) : key))
  const plain = parts.flatMap((key) => ('column' in key ? [key.column] : []))
  const folded = parts.flatMap((key) => ('column' in key ? [] : key.columns)).filter((column) => !plain.includes(column))
  return {
    name,
    columns: [...new Set([...plain, ...folded])],
    folded: [...new Set(folded)],
    predicate,
    nullsNotDistinct,
    slots: undefined,
  }
}

/** A generated column is an expression over others: these are what rows can differ in. */
function computed(column: string, { columns }: TableFacts): UniqueKey {
  const expression = columns.find(({ name }) => name === column)?.generated
  if (expression === undefined) return { column }
  const words = new Set(expression.match(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu))
  const names = columns.map(({ name }) => name)
  return { expression, columns: names.filter((name) => words.has(quoteIdentifier(name)) || words.has(name)) }
}

/** Equality as in a unique index; overlap by pieces that do not touch. Other operators: see `readSlots`. */
function fromExclusion(table: TableFacts, exclusion: ExclusionFacts): UniqueSet {
  const equal = exclusion.elements.filter(({ operator }) => operator === '=')
  const slots = readSlots(table, exclusion)
  return {
    name: exclusion.name,
    columns: [...new Set([...equal.flatMap(({ column }) => column ?? []), ...(slots?.columns ?? [])])],
    folded: [],
    predicate: exclusion.predicate,
    nullsNotDistinct: false,
    slots,
  }
}

function width(set: UniqueSet): number {
  return set.columns.length + (set.predicate === undefined ? 0 : 0.5)
}
