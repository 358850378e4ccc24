import type { ExclusionFacts, TableFacts, UniqueFacts } from '../../postgres/tables/table-facts.ts'
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
  const sets = [...keys.map(fromUnique), ...table.exclusions.map((exclusion) => fromExclusion(table, exclusion))]
  return sets.toSorted((one, other) => width(one) - width(other))
}

function fromUnique({ name, keys, predicate, nullsNotDistinct }: UniqueFacts): UniqueSet {
  const plain = keys.flatMap((key) => ('column' in key ? [key.column] : []))
  const folded = keys.flatMap((key) => ('column' in key ? [] : key.columns)).filter((column) => !plain.includes(column))
  return {
    name,
    columns: [...new Set([...plain, ...folded])],
    folded: [...new Set(folded)],
    predicate,
    nullsNotDistinct,
    slots: undefined,
  }
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
