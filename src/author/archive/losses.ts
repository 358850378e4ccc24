import type { Catalog } from '../../postgres/catalog/catalog.ts'
import type { Identity } from '../../postgres/catalog/identities.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import type { SourceTable } from './archive.ts'
import { changedColumns, type ColumnPair } from './changed-columns.ts'
import { type CatalogTable, findCatalogTable, isSameTable, partitionsOf } from './catalog-table.ts'

/** A database at one moment: what PostgreSQL knows of it, and by which numbers. */
export interface Moment {
  readonly catalog: Catalog
  readonly identities: readonly Identity[]
}

/** A column that stays and gets other values. */
export interface ChangedColumn {
  readonly column: string
  /** Its name and type after the migration. */
  readonly after: { readonly column: string; readonly type: string }
  /** SQL that is true of the rows whose value changes, before the migration; absent where it may be any row. */
  readonly only?: string
}

/** What a migration takes from one table that was there before it. */
export interface TableLoss {
  readonly source: SourceTable
  readonly table: CatalogTable
  /** Undefined where the table itself goes. */
  readonly after: SourceTable | undefined
  /** Columns that go. */
  readonly columns: readonly string[]
  readonly values: readonly ChangedColumn[]
  /** Columns by which a row can be found again, each with its name after the migration. */
  readonly steady: ReadonlyMap<string, string>
}

/** What a migration did to the rows and values that it found. */
export function findLosses(
  statements: readonly Statement[],
  schema: string,
  before: Moment,
  after: Moment,
): readonly TableLoss[] {
  const alive = new Map(after.identities.map((identity) => [identity.id, identity]))
  const pairs = columnPairs(before.identities, alive)
  const changed = changedColumns({ statements, schema, before, after, pairs })
  const tables = before.identities.filter(({ kind }) => kind === 'table')
  const gone = tables.filter(({ id }) => !alive.has(id)).map(sourceOf)
  const withParent = gone.flatMap((source) => partitionsOf(before.catalog, source))
  return tables.flatMap((identity): readonly TableLoss[] => {
    const source = sourceOf(identity)
    const now = alive.get(identity.id)
    if (now === undefined && withParent.some((partition) => isSameTable(partition, source))) return []
    const own = pairs.filter(({ table }) => table === identity.id)
    const values = own.flatMap((pair) => changed.values.get(pair.id) ?? [])
    if (now !== undefined && values.length === 0 && own.every(({ now: column }) => column !== undefined)) return []
    const table = findCatalogTable(before.catalog, source)
    if (table === undefined || (now === undefined && isInherited(before.catalog, table, source))) return []
    const held = (column: string): boolean => {
      const definition = table.columns.get(column)?.definition
      return definition?.['generated'] === null && definition['isLocal'] !== false
    }
    const columns = own.filter((pair) => pair.now === undefined && held(pair.column)).map(({ column }) => column)
    const kept = values.filter(({ column }) => held(column))
    if (now !== undefined && columns.length + kept.length === 0) return []
    const steady = own.flatMap((pair) =>
      pair.now === undefined || changed.unsteady.has(pair.id) ? [] : [[pair.column, pair.now.name] as const],
    )
    return [
      {
        source,
        table,
        after: now === undefined ? undefined : sourceOf(now),
        columns,
        values: kept,
        steady: new Map(steady),
      },
    ]
  })
}

function sourceOf({ schema, name }: Identity): SourceTable {
  return { schema, name }
}

function columnPairs(before: readonly Identity[], alive: ReadonlyMap<string, Identity>): readonly ColumnPair[] {
  return before
    .filter(({ kind }) => kind === 'column')
    .map((identity) => ({
      id: identity.id,
      table: `c${identity.id.slice(1, identity.id.indexOf('.'))}`,
      source: { schema: identity.schema, name: identity.parent ?? '' },
      column: identity.name,
      now: alive.get(identity.id),
    }))
}

/** An ordinary table with children: what is read from it is not all its own. */
function isInherited(catalog: Catalog, table: CatalogTable, source: SourceTable): boolean {
  return table.table.definition['tableKind'] !== 'partitioned' && partitionsOf(catalog, source).length > 0
}
