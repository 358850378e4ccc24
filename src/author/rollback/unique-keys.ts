import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { ownerOfName, splitName } from '../../postgres/catalog/names.ts'

/** Columns of which no two rows of a table have the same values, unless one is NULL. */
export interface UniqueKey {
  /** `schema.table`, unquoted. */
  readonly table: string
  /** Unquoted, in the order of the key. */
  readonly columns: readonly string[]
}

/** Primary keys first, then unique constraints and whole unique indexes. */
export function uniqueKeys({ objects }: Catalog): readonly UniqueKey[] {
  const found = objects.flatMap(({ kind, name, definition }) => {
    const text = String(definition['definition'])
    if (kind === 'constraint') {
      const [, columns] = /^(?:PRIMARY KEY|UNIQUE(?: NULLS NOT DISTINCT)?) \(([^)]*)\)$/.exec(text) ?? []
      return columns === undefined ? [] : [{ table: ownerOfName(name), columns, rank: text.startsWith('P') ? 0 : 1 }]
    }
    if (kind !== 'index' || !text.startsWith('CREATE UNIQUE INDEX')) return []
    const [, columns] = / USING btree \(([^()]*)\)$/.exec(text) ?? []
    return columns === undefined ? [] : [{ table: String(definition['table']), columns, rank: 2 }]
  })
  return found
    .sort((a, b) => a.rank - b.rank)
    .map(({ table, columns }) => ({
      table: splitName(table).join('.'),
      columns: columns.split(', ').map((column) => splitName(column)[0] ?? ''),
    }))
}
