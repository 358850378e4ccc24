import type { Catalog, CatalogObject } from '../../postgres/catalog/catalog.ts'
import { splitName } from '../../postgres/catalog/names.ts'
import type { SourceTable } from './archive.ts'

/** A table of a catalog with its parts, by unquoted names. */
export interface CatalogTable {
  readonly table: CatalogObject
  /** In their order. */
  readonly columns: ReadonlyMap<string, CatalogObject>
  readonly triggers: readonly CatalogObject[]
  /** The definitions of its constraints, by their names as the catalog has them. */
  readonly constraints: ReadonlyMap<string, string>
}

/** Undefined where there is none of this name. */
export function findCatalogTable({ objects }: Catalog, source: SourceTable): CatalogTable | undefined {
  const own = (name: string, length: number): boolean => {
    const [schema, table, ...rest] = splitName(name)
    return schema === source.schema && table === source.name && rest.length === length
  }
  const table = objects.find(({ kind, name }) => kind === 'table' && own(name, 0))
  if (table === undefined) return undefined
  const parts = (wanted: string): readonly CatalogObject[] =>
    objects.filter(({ kind, name }) => kind === wanted && own(name, 1))
  const columns = [...parts('column')].sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
  return {
    table,
    columns: new Map(columns.map((column) => [splitName(column.name)[2] ?? '', column])),
    triggers: parts('trigger'),
    constraints: new Map(parts('constraint').map(({ name, definition }) => [name, String(definition['definition'])])),
  }
}

/** The type of a column as the catalog writes it. */
export function typeOf(table: CatalogTable | undefined, column: string): string {
  return String(table?.columns.get(column)?.definition['type'] ?? 'text')
}

/** Columns that hold what was written into them: a generated one is computed again. */
export function heldColumns(table: CatalogTable): readonly string[] {
  return [...table.columns].filter(([, { definition }]) => definition['generated'] === null).map(([name]) => name)
}

/** Partitions of the table, and theirs. */
export function partitionsOf(catalog: Catalog, source: SourceTable): readonly SourceTable[] {
  const links = catalog.objects.filter(({ kind }) => kind === 'inheritance').map(({ name }) => {
    const [, child = '', parent = ''] = inheritance.exec(name) ?? []
    return { child: tableOf(child), parent: tableOf(parent) }
  })
  const found: SourceTable[] = []
  const visit = (parent: SourceTable): void => {
    for (const link of links.filter((one) => isSameTable(one.parent, parent))) {
      found.push(link.child)
      visit(link.child)
    }
  }
  visit(source)
  return found
}

const inheritance = /^((?:"(?:[^"]|"")*"|[^" ])+) of (.+)$/u

function tableOf(name: string): SourceTable {
  const [schema = '', table = ''] = splitName(name)
  return { schema, name: table }
}

/** True for the same table. */
export function isSameTable(a: SourceTable, b: SourceTable): boolean {
  return a.schema === b.schema && a.name === b.name
}
