import type { Catalog } from '../../../postgres/catalog/catalog.ts'
import { spokenName } from '../../../postgres/catalog/names.ts'
import type { Archive } from '../../archive/archive.ts'
import { type CatalogTable, findCatalogTable, partitionsOf, typeOf } from '../../archive/catalog-table.ts'

/** An archive with its table as it was before the migration. */
export interface ArchivedTable {
  readonly archive: Archive
  readonly before: CatalogTable
}

/** The archives whose table and columns the catalog knows; of another a file that was changed by hand speaks. */
export function knownArchives(archives: readonly Archive[], before: Catalog): readonly ArchivedTable[] {
  return archives.flatMap((archive) => {
    const table = findCatalogTable(before, archive.source)
    if (table === undefined || ![...archive.key, ...archive.columns].every((name) => table.columns.has(name))) return []
    return [{ archive, before: table }]
  })
}

/** What the archives bring back: `schema.table` for its rows, `schema.table.column` for its values, unquoted. */
export function keptNames(tables: readonly ArchivedTable[], before: Catalog): ReadonlySet<string> {
  return new Set(
    tables.flatMap(({ archive }) =>
      [archive.source, ...partitionsOf(before, archive.source)].flatMap(({ schema, name }) => {
        const table = spokenName([schema, name])
        return archive.kind === 'rows' ? [table] : archive.columns.map((column) => spokenName([schema, name, column]))
      }),
    ),
  )
}

/** The archived columns as the catalog names them; of whole rows none, since these come with their table. */
export function archivedColumns(tables: readonly ArchivedTable[]): ReadonlySet<string> {
  return new Set(
    tables.flatMap(({ archive, before }) =>
      archive.kind === 'rows' ? [] : archive.columns.map((column) => before.columns.get(column)?.name ?? ''),
    ),
  )
}

/** The type of an archived column before the migration. */
export function typeBefore({ before }: ArchivedTable, column: string): string {
  return typeOf(before, column)
}
