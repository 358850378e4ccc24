import type { DescribedColumn } from './describe-columns.ts'

/**
 * The column of each table, by `schema.table`, that holds the key of the person whom its rows are about: the primary
 * key of a table of people, and a column that points at one. Of several the first that may not be NULL.
 */
export function personColumns(
  columns: readonly DescribedColumn[],
  links: ReadonlyMap<string, readonly string[]>,
  subjects: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const own = columns.filter((column) => subjects.has(column.table.key) && isKey(column))
  const keys = new Set(own.map(({ key }) => key))
  const people = new Map<string, string>()
  const found = columns.filter(({ key }) => keys.has(key) || links.get(key)?.some((root) => keys.has(root)) === true)
  for (const { table, facts, key } of [...found.filter(({ facts }) => facts.notNull), ...found]) {
    // A person is their own subject, whoever invited them.
    if (keys.has(key) || !people.has(table.key)) people.set(table.key, facts.name)
  }
  return people
}

function isKey({ table, facts }: DescribedColumn): boolean {
  const keys = table.facts.primaryKey?.keys ?? []
  const [only] = keys
  return keys.length === 1 && only !== undefined && 'column' in only && only.column === facts.name
}
