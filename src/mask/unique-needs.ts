import type { TableFacts, UniqueFacts } from '../postgres/tables/table-facts.ts'
import { tableKey } from '../seed/plan/table-key.ts'

/** What unique constraints and indexes ask of a column's mask. */
export interface UniqueNeed {
  /** Of the index or constraint, for messages. */
  readonly index: string
  /** Letters that differ in their case alone are equal there. */
  readonly ignoresCase: boolean
  /** An expression of which nobody can say what it makes of masked values. */
  readonly unknown: string | undefined
  readonly nullsNotDistinct: boolean
  /** The other columns of the key. */
  readonly columns: readonly string[]
}

/** By column, as `schema.table.column`. */
export function uniqueNeeds(tables: readonly TableFacts[]): ReadonlyMap<string, readonly UniqueNeed[]> {
  const needs = new Map<string, UniqueNeed[]>()
  for (const table of tables) {
    const sets = table.primaryKey === undefined ? table.uniques : [table.primaryKey, ...table.uniques]
    for (const unique of sets) {
      for (const [column, need] of needsOf(table, unique)) {
        const key = `${tableKey(table)}.${column}`
        needs.set(key, [...(needs.get(key) ?? []), need])
      }
    }
  }
  return needs
}

function needsOf(table: TableFacts, unique: UniqueFacts): readonly (readonly [string, UniqueNeed])[] {
  const columns = unique.keys.flatMap((key) => ('column' in key ? [key.column] : key.columns))
  const base = { index: unique.name, nullsNotDistinct: unique.nullsNotDistinct, columns }
  return unique.keys.flatMap((key): readonly (readonly [string, UniqueNeed])[] => {
    if ('column' in key) {
      const facts = table.columns.find(({ name }) => name === key.column)
      return [[key.column, { ...base, ignoresCase: facts?.baseType === 'citext', unknown: undefined }]]
    }
    const isFolded = /^\(*(?:lower|upper)\(\(?"?[\w$]+"?\)?(?:::text)?\)+$/u.test(key.expression)
    const unknown = isFolded ? undefined : key.expression
    return key.columns.map((column) => [column, { ...base, ignoresCase: isFolded, unknown }] as const)
  })
}
