import { type CatalogSource } from './catalog-source.ts'
import { explainEngineError } from './engine-errors.ts'
import type { DifferenceFilters } from './engine-messages.ts'
import { engineThread } from './engine-thread.ts'
import type { SchemaText } from './schema-text.ts'

export type { DifferenceFilters } from './engine-messages.ts'

/** What a difference starts from: nothing, another schema, or a database's catalogue. */
export type DifferenceStart =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'schema'; readonly schema: SchemaText }
  | { readonly kind: 'database'; readonly catalog: CatalogSource }

/**
 * The SQL that leads from a start to a schema, as Prisma Migrate writes it; '' where nothing differs.
 * Computed by Prisma's own engine, compiled to WebAssembly, in a thread of its own; it plans only and runs nothing.
 * @throws PRISMA_SCHEMA_INVALID with Prisma's message, PRISMA_ENGINE_FAILED; failures of the catalog's queries
 */
export async function differenceScript(
  from: DifferenceStart,
  to: SchemaText,
  filters: DifferenceFilters = { externalTables: [], externalEnums: [] },
): Promise<string> {
  const catalog = from.kind === 'database' ? from.catalog : noCatalog
  const start = from.kind === 'database' ? { kind: from.kind } : from
  const request = { from: start, to, filters, schemaName: catalog.schemaName }
  try {
    const script = await engineThread().difference(request, catalog)
    return script.trim() === emptyMigration ? '' : script
  } catch (error) {
    throw explainEngineError(error, to)
  }
}

const emptyMigration = '-- This is an empty migration.'

const noCatalog: CatalogSource = {
  schemaName: 'public',
  // Between schemas the engine asks only for the server's version and whether a namespace exists.
  query: () => Promise.resolve({ columnNames: ['exists'], columnTypes: [5], rows: [[true]] }),
}
