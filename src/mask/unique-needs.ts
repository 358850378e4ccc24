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
  /** The column says which rows the index is about: another value would bring others into it. */
  readonly isPredicate?: true
  /** Rows exclude each other by another operator than `=`, or by an expression. */
  readonly excludes?: true
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
    for (const [column, need] of [...sets.flatMap((one) => predicateNeeds(table, one)), ...exclusionNeeds(table)]) {
      const key = `${tableKey(table)}.${column}`
      needs.set(key, [...(needs.get(key) ?? []), need])
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

type NamedNeed = readonly [string, UniqueNeed]

const plain = { ignoresCase: false, unknown: undefined, nullsNotDistinct: false, columns: [] }

/** Whether a value is NULL is not changed by masks: such conditions ask nothing. */
function predicateNeeds(table: TableFacts, { name, predicate }: Pick<UniqueFacts, 'name' | 'predicate'>): readonly NamedNeed[] {
  if (predicate === undefined) return []
  const asked = predicate.replace(/'(?:[^']|'')*'/gu, '').replace(/(?:"[^"]+"|[\w$]+)\)? IS (?:NOT )?NULL/gu, '')
  return mentioned(table, asked).map((column) => [column, { ...plain, index: name, isPredicate: true }])
}

function exclusionNeeds(table: TableFacts): readonly NamedNeed[] {
  return table.exclusions.flatMap(({ name, elements, predicate }): readonly NamedNeed[] => [
    ...predicateNeeds(table, { name, predicate }),
    ...elements.flatMap(({ column, expression, operator }): readonly NamedNeed[] => {
      const isEqual = column !== undefined && operator === '='
      const columns = column === undefined ? mentioned(table, expression) : [column]
      return columns.map((one) => [one, { ...plain, index: name, ...(isEqual ? {} : { excludes: true }) }])
    }),
  ])
}

/** Columns whose names stand in an expression. */
function mentioned({ columns }: TableFacts, expression: string): readonly string[] {
  const words = new Set(expression.match(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\d_$]*/gu) ?? [])
  const isNamed = (name: string): boolean => words.has(name) || words.has(`"${name.replaceAll('"', '""')}"`)
  return columns.filter(({ name }) => isNamed(name)).map(({ name }) => name)
}
