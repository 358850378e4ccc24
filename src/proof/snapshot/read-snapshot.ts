import { settingsResults, withCanonicalSettings } from '../../postgres/canonical-settings.ts'
import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { ownerOfName, splitName } from '../../postgres/catalog/names.ts'
import { readCatalog } from '../../postgres/catalog/read-catalog.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import { numberingSequences, numberQuery } from './numbering.ts'
import { primaryKeys } from './primary-keys.ts'
import type { Snapshot, SnapshotRow, TableContent } from './snapshot.ts'

/**
 * Reads structure and rows in two round trips. Inside a transaction it sees what the transaction did. Rows of
 * partitions are read where they stand, so that one that moved to another partition counts as changed.
 */
export async function readSnapshot(connection: Connection, known?: Catalog): Promise<Snapshot> {
  const catalog = known ?? (await readCatalog(connection, { again: true }))
  const tables = [...readableTables(catalog), ...filledViews(catalog)]
  if (tables.length === 0) return { catalog, tables: [], numbers: [] }
  const sequences = numberingSequences(catalog)
  const query = [...tables.map(rowsQuery), ...sequences.map(numberQuery(tables.length))].join('\nUNION ALL\n')
  // The types of `pg` know no query of several statements: it answers with a result for each.
  const results = (await connection.query(withCanonicalSettings([query]))) as unknown as readonly Answer[]
  const byPlace: SnapshotRow[][] = [...tables, ...sequences].map(() => [])
  for (const { place, cells } of results[settingsResults]?.rows ?? []) byPlace[place]?.push(cells)
  return {
    catalog,
    tables: tables.map((table, place) => ({ ...table, rows: byPlace[place] ?? [] })),
    numbers: sequences.map(({ column, increment }, at) => {
      const next = byPlace[tables.length + at]?.[0]?.[0] ?? '0'
      return { column, next, increment }
    }),
  }
}

interface Answer {
  readonly rows: readonly { readonly place: number; readonly cells: SnapshotRow }[]
}

type Readable = Omit<TableContent, 'rows'>

/** Ordinary tables, partitions among them. */
function readableTables(catalog: Catalog): readonly Readable[] {
  const keys = primaryKeys(catalog)
  const columns = new Map<string, string[]>()
  for (const { kind, name } of catalog.objects) {
    if (kind !== 'column') continue
    const table = ownerOfName(name)
    columns.set(table, [...(columns.get(table) ?? []), splitName(name).at(-1) ?? ''])
  }
  return catalog.objects.flatMap(({ kind, name, definition }) => {
    const isTable = kind === 'table' && definition['tableKind'] === 'ordinary'
    return isTable ? [{ name, columns: (columns.get(name) ?? []).sort(), key: keys.get(name) ?? [] }] : []
  })
}

/** Stands for all columns at once: no column is called so. */
const wholeRow = ''

/** Materialized views that hold rows: one column with the whole row. */
function filledViews(catalog: Catalog): readonly Readable[] {
  return catalog.objects.flatMap(({ kind, name, definition }) => {
    return kind === 'materialized view' && definition['filled'] === true ? [{ name, columns: [wholeRow], key: [] }] : []
  })
}

/**
 * A cell of more than 200 characters is compared by its hash: a document need not travel. As JSON, which Node.js reads
 * many times faster than an array of PostgreSQL.
 */
function rowsQuery({ name, columns }: Readable, place: number): string {
  const cells = columns.map((column) => {
    const text = `${column === wholeRow ? 'tide_row' : quoteIdentifier(column)}::text`
    return `CASE WHEN length(${text}) > 200 THEN 'md5 ' || md5(${text}) ELSE ${text} END`
  })
  return `SELECT ${String(place)} AS place, to_json(ARRAY[${cells.join(', ')}]::text[]) AS cells FROM ONLY ${name} AS tide_row`
}
