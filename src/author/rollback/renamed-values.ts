import { spokenName } from '../../postgres/catalog/names.ts'
import { quoteLiteral } from '../../postgres/quote.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { convertedColumns } from './converted-columns.ts'
import { namesIn } from './walk-tree.ts'

/** By enum (`schema.name`, as people say it, by each name that it had) what each value was called, by its last name. */
export type RenamedValues = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * The values of enums that a script renames. PostgreSQL knows them by itself, unless the script makes the type anew
 * afterwards; then nothing but the script says which value was which.
 */
export function renamedValues(statements: readonly Statement[], schema: string): RenamedValues {
  const found = new Map<string, Map<string, string>>()
  const firstNames = new Map<string, string>()
  for (const { node } of statements) {
    if ('RenameStmt' in node) {
      const { renameType, object, newname } = node.RenameStmt
      if (renameType !== 'OBJECT_TYPE' || newname === undefined || object === undefined || !('List' in object)) continue
      const [name, there] = typeNames(object.List.items, schema)
      const values = found.get(name)
      // A type that is made anew takes the name of the old one, and with it what its values were called.
      const next = spokenName([there, newname])
      firstNames.set(next, firstNames.get(name) ?? name)
      if (values !== undefined && !found.has(next)) found.set(next, new Map(values))
      continue
    }
    if (!('AlterEnumStmt' in node)) continue
    const { typeName, oldVal, newVal } = node.AlterEnumStmt
    if (oldVal === undefined || newVal === undefined) continue
    const [type] = typeNames(typeName, schema)
    const values = found.get(type) ?? new Map<string, string>()
    const first = values.get(oldVal) ?? oldVal
    values.delete(oldVal)
    found.set(type, values.set(newVal, first))
    const name = firstNames.get(type)
    if (name !== undefined && !found.has(name)) found.set(name, values)
  }
  return found
}

/**
 * By column (`schema.table.column`, as people say it, by its name in the script) that gets another type the values that
 * were renamed further up: a text that became an enum there is called as they were by then.
 */
export function renamedFirst(statements: readonly Statement[], schema: string): ReadonlyMap<string, RenamedValues> {
  if (!statements.some(({ node }) => 'AlterEnumStmt' in node && node.AlterEnumStmt.oldVal !== undefined)) return new Map()
  return new Map(
    statements.flatMap((statement, place) => {
      const columns = [...convertedColumns([statement], schema).keys()]
      if (columns.length === 0) return []
      const values = renamedValues(statements.slice(0, place), schema)
      return values.size === 0 ? [] : columns.map((column) => [column, values] as const)
    }),
  )
}

function typeNames(value: unknown, schema: string): readonly [name: string, schema: string] {
  const names = namesIn(value)
  const there = names.at(-2) ?? schema
  return [spokenName([there, names.at(-1) ?? '']), there]
}

/** Values that had another name, each with the name that it gets back. */
export type NamesBack = readonly (readonly [now: string, old: string])[]

/** Of the values of a type those that only the script can tell: they go, and what they were called comes back. */
export function namesBack(
  renamed: ReadonlyMap<string, string> | undefined,
  held: readonly string[],
  values: readonly string[],
): NamesBack {
  return [...(renamed ?? [])].filter(([now, old]) => {
    return held.includes(now) && !values.includes(now) && values.includes(old)
  })
}

/**
 * Of values that have their old names again those that had the later ones where a column was given their type: there
 * its values were called by these.
 * @param held the values that the type has by now; one that still has its later name was not renamed back
 */
export function namesThen(renamed: ReadonlyMap<string, string> | undefined, held: readonly string[]): NamesBack {
  const pairs = [...(renamed ?? [])]
  const old = new Set(pairs.map(([, first]) => first))
  return pairs
    .filter(([then, first]) => held.includes(first) && (old.has(then) || !held.includes(then)))
    .map(([then, first]) => [first, then])
}

/** The labels of a column, or of a list, with the names that they had. */
export function withOldNames(labels: string, type: 'text' | 'text[]', back: NamesBack): string {
  if (back.length === 0) return labels
  if (type === 'text[]') {
    return back.reduce((list, [now, old]) => `array_replace(${list}, ${quoteLiteral(now)}, ${quoteLiteral(old)})`, labels)
  }
  const cases = back.map(([now, old]) => `WHEN ${quoteLiteral(now)} THEN ${quoteLiteral(old)}`)
  return `(CASE ${labels} ${cases.join(' ')} ELSE ${labels} END)`
}
