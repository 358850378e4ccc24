import { archiveTable } from '../../../history/archive/registry.ts'
import type { Catalog } from '../../../postgres/catalog/catalog.ts'
import { splitName } from '../../../postgres/catalog/names.ts'
import { quoteIdentifier } from '../../../postgres/quote.ts'
import { storedValue } from '../../archive/stored-type.ts'
import { advance } from '../direct/sequences.ts'
import { fallbackValue, needsValue } from '../neutral-value.ts'
import { type ArchivedTable, typeBefore } from './archived-table.ts'

/**
 * What columns that come back get in rows that came after the migration, of which the archive knows nothing: the next
 * number, or a neutral value where one is demanded. A default stands in them already, and else NULL.
 * @param added the columns that the rollback has added, those that demand a value still without doing so
 */
export function valuesForOthers(
  table: ArchivedTable,
  name: string,
  added: readonly string[],
  before: Catalog,
): readonly string[] {
  return added.flatMap((column) => {
    const object = table.before.columns.get(column)
    if (object === undefined) return []
    const own = quoteIdentifier(column)
    const sequence = sequenceOf(object.name, before)
    if (sequence !== undefined) {
      const steps = advance(sequence).map(({ sql }) => sql)
      return [...steps, `UPDATE ${name} AS "t" SET ${own} = DEFAULT WHERE ${unknown(table)}`]
    }
    if (!needsValue(object)) return []
    const { value, isDistinct } = fallbackValue(object, new Map(before.objects.map((o) => [`${o.kind}\0${o.name}`, o])))
    const isNumber = isDistinct && /^(smallint|integer|bigint|numeric)/.test(typeBefore(table, column))
    const above = isNumber ? ` + (SELECT coalesce(max(${own}), 0) FROM ${name})` : ''
    return [
      `UPDATE ${name} AS "t" SET ${own} = ${value}${above} WHERE ${unknown(table)}`,
      `ALTER TABLE ${name} ALTER COLUMN ${own} SET NOT NULL`,
    ]
  })
}

/** The sequence that numbers the column. */
function sequenceOf(column: string, { objects }: Catalog): Catalog['objects'][number] | undefined {
  const wanted = JSON.stringify(splitName(column))
  return objects.find(({ kind, definition }) => {
    const owner = definition['ownedBy']
    return kind === 'sequence' && typeof owner === 'string' && JSON.stringify(splitName(owner)) === wanted
  })
}

function unknown(table: ArchivedTable): string {
  const { archive } = table
  const same = archive.key.map((column) => {
    const own = `"t".${quoteIdentifier(column)}`
    return `${storedValue(own, typeBefore(table, column))} = "a".${quoteIdentifier(column)}`
  })
  return `NOT EXISTS (SELECT FROM ${archiveTable(archive.name)} AS "a" WHERE ${same.join(' AND ')})`
}
