import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { ownerOfName } from '../../postgres/catalog/names.ts'

/** The columns of each table's primary key, unquoted, by the table's name as the catalog writes it. */
export function primaryKeys(catalog: Catalog): ReadonlyMap<string, readonly string[]> {
  return new Map(
    catalog.objects.flatMap(({ kind, name, definition }) => {
      const text = definition['definition']
      if (kind !== 'constraint' || typeof text !== 'string' || !text.startsWith('PRIMARY KEY (')) return []
      return [[ownerOfName(name), columnsIn(text.slice('PRIMARY KEY ('.length))] as const]
    }),
  )
}

/** The names up to the closing parenthesis: PostgreSQL wrote them, so quotes are balanced. */
function columnsIn(list: string): readonly string[] {
  const names: string[] = []
  for (const [, quoted, plain, end] of list.matchAll(/"((?:[^"]|"")*)"|([^",() ]+)|(\))/gu)) {
    if (end !== undefined) break
    names.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
  }
  return names
}
