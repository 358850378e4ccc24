import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { ownerOfName, sayName, splitName } from '../../postgres/catalog/names.ts'

/** Columns of which no two rows of a table have the same values, unless one is NULL. */
export interface UniqueKey {
  /** `schema.table`, as people say it. */
  readonly table: string
  /** Unquoted, in the order of the key. */
  readonly columns: readonly string[]
}

/** Primary keys first, then unique constraints and whole unique indexes. */
export function uniqueKeys({ objects }: Catalog): readonly UniqueKey[] {
  const found = objects.flatMap(({ kind, name, definition }) => {
    const text = String(definition['definition'])
    if (kind === 'constraint') {
      const [, columns] = keyDefinition.exec(text) ?? []
      return columns === undefined ? [] : [{ table: ownerOfName(name), columns, rank: text.startsWith('P') ? 0 : 1 }]
    }
    if (kind !== 'index' || !text.startsWith('CREATE UNIQUE INDEX')) return []
    const [, columns] = indexDefinition.exec(text) ?? []
    return columns === undefined ? [] : [{ table: String(definition['table']), columns, rank: 2 }]
  })
  return found
    .sort((a, b) => a.rank - b.rank)
    .map(({ table, columns }) => ({
      table: sayName(table),
      columns: (columns.match(columnNames) ?? []).map((column) => splitName(column)[0] ?? ''),
    }))
}

const columnName = '(?:"(?:[^"]|"")*"|[^", ()]+)'
const columnNames = new RegExp(columnName, 'gu')
const columnList = `\\((${columnName}(?:, ${columnName})*)\\)$`
const keyDefinition = new RegExp(`^(?:PRIMARY KEY|UNIQUE(?: NULLS NOT DISTINCT)?) ${columnList}`, 'u')
const indexDefinition = new RegExp(` USING btree ${columnList}`, 'u')
