import type { Catalog } from '../../../postgres/catalog/catalog.ts'
import { archiveTable } from '../../../history/archive/registry.ts'
import { quoteIdentifier, quoteQualified } from '../../../postgres/quote.ts'
import { findCatalogTable } from '../../archive/catalog-table.ts'
import { withoutForcedSecurity } from '../../archive/row-security.ts'
import { comparedType, restoredValue, storedValue } from '../../archive/stored-type.ts'
import type { ArchivedTable } from './archived-table.ts'
import { typeBefore } from './archived-table.ts'
import { followDeletedParents } from './deleted-parents.ts'
import { withoutTriggers } from './triggers.ts'
import { valuesForOthers } from './values-for-others.ts'

/** The way back of archived rows and values, between the statements that bring the structure back. */
export interface Restoration {
  /** Before any column changes: values that somebody has changed since the migration are forgotten, and stay. */
  readonly first: readonly string[]
  /** Once tables and columns are there with their old types, before any constraint is. */
  readonly restore: readonly string[]
  /** Once the foreign keys between tables that come back are there, so that they follow, before any other is. */
  readonly orphans: readonly string[]
}

interface RestoreInput {
  readonly tables: readonly ArchivedTable[]
  /** With the renames of the migration taken back. */
  readonly now: Catalog
  readonly before: Catalog
  /** Columns, as the catalog names them, that are dropped and added on the way back although they are there. */
  readonly madeAnew: ReadonlySet<string>
}

/** Plans where an archive's rows and values go. Runs on the names that tables and columns had before the migration. */
export function restoreArchives(input: RestoreInput): Restoration {
  const planned = input.tables.map((table) => restoreOne(table, input))
  return {
    first: planned.flatMap(({ first }) => first),
    restore: planned.flatMap(({ restore }) => restore),
    orphans: planned.flatMap(({ orphans }) => orphans),
  }
}

function restoreOne(table: ArchivedTable, { now, before, madeAnew }: RestoreInput): Restoration {
  const { archive } = table
  const name = quoteQualified(archive.source.schema, archive.source.name)
  const there = findCatalogTable(now, archive.source)
  const added = archive.columns.filter((column) => {
    const present = there?.columns.get(column)
    return present === undefined || madeAnew.has(present.name)
  })
  const parents = followDeletedParents(table, now)
  if (archive.kind === 'rows') {
    // A new table that stands under the old name has rows of its own.
    if (there !== undefined) return { first: [], restore: [], orphans: [] }
    const restore = withoutTriggers(name, table.before, before, [insertRows(table, name)])
    return { first: [], restore, orphans: withoutTriggers(name, table.before, before, parents) }
  }
  const statements = [
    ...openIdentities(table, name, added, 'BY DEFAULT'),
    updateRows(table, name),
    ...openIdentities(table, name, added, 'ALWAYS'),
    ...valuesForOthers(table, name, added, before),
    ...parents,
  ]
  const around = there ?? table.before
  const guarded = (sql: readonly string[]): readonly string[] => withoutForcedSecurity(name, around, sql)
  const [column = ''] = archive.columns
  const type = String(there?.columns.get(column)?.definition['type'] ?? '')
  const forgets = archive.became !== undefined && !added.includes(column)
  return {
    first: forgets ? guarded([forgetChanged(table, name, type)]) : [],
    restore: guarded(withoutTriggers(name, around, now, statements)),
    orphans: [],
  }
}

function insertRows(table: ArchivedTable, name: string): string {
  const { archive, before } = table
  const columns = archive.columns.map(quoteIdentifier)
  const values = archive.columns.map((column) => restoredValue(quoteIdentifier(column), typeBefore(table, column)))
  const isNumbered = archive.columns.some((column) => before.columns.get(column)?.definition['identity'] === 'always')
  return `INSERT INTO ${name} (${columns.join(', ')})${isNumbered ? ' OVERRIDING SYSTEM VALUE' : ''}
  SELECT ${values.join(', ')} FROM ${archiveTable(archive.name)}`
}

function updateRows(table: ArchivedTable, name: string): string {
  const assignments = table.archive.columns.map((column) => {
    const held = `"a".${quoteIdentifier(column)}`
    return `${quoteIdentifier(column)} = ${restoredValue(held, typeBefore(table, column))}`
  })
  return `UPDATE ${name} AS "t" SET ${assignments.join(', ')}
  FROM ${archiveTable(table.archive.name)} AS "a" WHERE ${sameRow(table)}`
}

/** What a column that is always numbered holds can be written only while it is numbered by default. */
function openIdentities(
  { archive, before }: ArchivedTable,
  name: string,
  added: readonly string[],
  kind: 'ALWAYS' | 'BY DEFAULT',
): readonly string[] {
  return archive.columns
    .filter((column) => added.includes(column) && before.columns.get(column)?.definition['identity'] === 'always')
    .map((column) => `ALTER TABLE ${name} ALTER COLUMN ${quoteIdentifier(column)} SET GENERATED ${kind}`)
}

function forgetChanged(table: ArchivedTable, name: string, type: string): string {
  const [column = ''] = table.archive.columns
  const { became } = table.archive
  const own = `"t".${quoteIdentifier(column)}`
  const present = comparedType(type) === type ? own : `${own}::text`
  return `DELETE FROM ${archiveTable(table.archive.name)} AS "a" USING ${name} AS "t"
  WHERE ${sameRow(table)} AND ${present} IS DISTINCT FROM "a".${quoteIdentifier(became?.column ?? '')}`
}

/** The condition under which a row `t` of the table is that of the row `a` of its archive. */
function sameRow(table: ArchivedTable): string {
  return table.archive.key
    .map((column) => {
      const own = `"t".${quoteIdentifier(column)}`
      return `${storedValue(own, typeBefore(table, column))} = "a".${quoteIdentifier(column)}`
    })
    .join(' AND ')
}
