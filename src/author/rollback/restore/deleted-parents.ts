import type { Catalog } from '../../../postgres/catalog/catalog.ts'
import { quoteIdentifier, quoteQualified } from '../../../postgres/quote.ts'
import { findCatalogTable } from '../../archive/catalog-table.ts'
import { type ForeignKey, readForeignKey } from '../../archive/foreign-key.ts'
import type { ArchivedTable } from './archived-table.ts'

/**
 * Rows that come back may point at rows that were deleted meanwhile. Had their foreign key been there, it would have
 * deleted them too, or set them to NULL; one that would have refused the deletion refuses the rollback now.
 * Of a row that stayed only the value is set to NULL: it is not deleted for a column that comes back.
 */
export function followDeletedParents({ archive, before }: ArchivedTable, now: Catalog): readonly string[] {
  const source = quoteQualified(archive.source.schema, archive.source.name)
  return [...before.constraints.values()].flatMap((definition) => {
    const key = readForeignKey(definition)
    if (key?.columns.some((column) => archive.columns.includes(column)) !== true) return []
    // A parent that comes back as well has all the rows that it had.
    if (findCatalogTable(now, key.parent) === undefined) return []
    const orphaned = orphans(key)
    if (key.onDelete === 'CASCADE' && archive.kind === 'rows') return [`DELETE FROM ${source} AS "t" WHERE ${orphaned}`]
    if (key.onDelete !== 'SET NULL') return []
    return [`UPDATE ${source} AS "t" SET ${key.columns.map((c) => `${quoteIdentifier(c)} = NULL`).join(', ')} WHERE ${orphaned}`]
  })
}

/** SQL that is true for a row "t" that points at a row which is not there. */
export function orphans({ columns, parent, references }: ForeignKey): string {
  const own = columns.map((column) => `"t".${quoteIdentifier(column)}`)
  const pairs = references.map((column, place) => `"p".${quoteIdentifier(column)} = ${own[place] ?? ''}`)
  const present = own.map((column) => `${column} IS NOT NULL`)
  return `${present.join(' AND ')} AND NOT EXISTS (SELECT FROM ${quoteQualified(parent.schema, parent.name)} AS "p" WHERE ${pairs.join(' AND ')})`
}
