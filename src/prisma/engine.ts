import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { SqlMigrationAwareDriverAdapterFactory, SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import type { DiffTarget, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { CatalogSource } from './catalog-source.ts'
import { explainEngineError } from './engine-errors.ts'
import type { SchemaText } from './schema-text.ts'
import { Bug } from '../errors/bug.ts'

/** What a difference starts from: nothing, another schema, or a database's catalogue. */
export type DifferenceStart =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'schema'; readonly schema: SchemaText }
  | { readonly kind: 'database'; readonly catalog: CatalogSource }

/** Tables and enums that somebody else owns: left out of every difference. */
export interface DifferenceFilters {
  readonly externalTables: readonly string[]
  readonly externalEnums: readonly string[]
}

/**
 * The SQL that leads from a start to a schema, as Prisma Migrate writes it; '' where nothing differs.
 * Computed in process by Prisma's own engine, compiled to WebAssembly; it plans only and runs nothing.
 * @throws PRISMA_SCHEMA_INVALID with Prisma's message, PRISMA_ENGINE_FAILED
 */
export async function differenceScript(
  from: DifferenceStart,
  to: SchemaText,
  filters: DifferenceFilters = { externalTables: [], externalEnums: [] },
): Promise<string> {
  const engine = await createEngine(to, from.kind === 'database' ? from.catalog : noCatalog)
  try {
    const result = await engine.diff({
      from: diffTarget(from),
      to: { tag: 'schemaDatamodel', ...schemaFiles(to) },
      script: true,
      exitCode: null,
      filters: { externalTables: [...filters.externalTables], externalEnums: [...filters.externalEnums] },
    })
    const script = result.stdout ?? ''
    return script.trim() === emptyMigration ? '' : script
  } catch (error) {
    throw explainEngineError(error, to, takePanic())
  } finally {
    releaseEngine(engine)
  }
}

const emptyMigration = '-- This is an empty migration.'

/** The engine reads a database only as the end of a history: one with no migrations whose shadow stands there already. */
function diffTarget(from: DifferenceStart): DiffTarget {
  switch (from.kind) {
    case 'nothing':
      return { tag: 'empty' }
    case 'schema':
      return { tag: 'schemaDatamodel', ...schemaFiles(from.schema) }
    case 'database':
      return {
        tag: 'migrations',
        baseDir: '/',
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
        shadowDbInitScript: '',
        migrationDirectories: [],
      }
  }
}

function schemaFiles(schema: SchemaText): { files: { path: string; content: string }[] } {
  return { files: schema.files.map((file) => ({ path: file.path, content: file.text })) }
}

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')

/** The little of WebAssembly that is used here; TypeScript knows it only among the types of a browser. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>
}

let instance: Promise<Bindings> | undefined
let panic: string | undefined

async function createEngine(schema: SchemaText, catalog: CatalogSource): Promise<SchemaEngine> {
  instance ??= instantiate()
  const [bindings, utils] = await Promise.all([instance, import('@prisma/driver-adapter-utils')])
  const factory = utils.bindMigrationAwareSqlAdapterFactory(adapterFactory(catalog))
  const files = schema.files.map((file): [string, string] => [file.path, file.text])
  try {
    return await bindings.SchemaEngine.new({ datamodels: files }, () => undefined, factory)
  } catch (error) {
    throw explainEngineError(error, schema, takePanic())
  }
}

/** Compiled once per process; after a panic the instance is dead and the next call makes a new one. */
async function instantiate(): Promise<Bindings> {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (text: string) => {
        panic = text
        instance = undefined
      },
    },
  })
  const require = createRequire(import.meta.url)
  const bindingsPath = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const path = join(dirname(bindingsPath), 'schema_engine_bg.wasm')
  const [bindings, bytes] = await Promise.all([
    import('@prisma/schema-engine-wasm/schema_engine_bg'),
    readFile(path),
  ])
  const { instance: compiled } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } })
  bindings.__wbg_set_wasm(compiled.exports)
  const start = compiled.exports['__wbindgen_start']
  if (typeof start !== 'function') throw new Bug('The schema engine has no start function.')
  start()
  return bindings
}

function takePanic(): string | undefined {
  const message = panic
  panic = undefined
  return message
}

function releaseEngine(engine: SchemaEngine): void {
  try {
    engine.free()
  } catch {
    // A panicked instance cannot free what it held; it is dropped as a whole.
  }
}

const noCatalog: CatalogSource = {
  schemaName: 'public',
  // Between schemas the engine asks only for the server's version and whether a namespace exists.
  query: () => Promise.resolve({ columnNames: ['exists'], columnTypes: [5], rows: [[true]] }),
}

function adapterFactory(catalog: CatalogSource): SqlMigrationAwareDriverAdapterFactory {
  const identity = { provider: 'postgres', adapterName: '@prisma/adapter-pg' } as const
  const adapter = (): SqlDriverAdapter => ({
    ...identity,
    queryRaw: (query) => catalog.query(query),
    executeRaw: () => Promise.resolve(0),
    executeScript: () => Promise.resolve(),
    startTransaction: () => Promise.reject(new Bug('The engine plans only; it opens no transaction.')),
    getConnectionInfo: () => ({ schemaName: catalog.schemaName, supportsRelationJoins: true }),
    dispose: () => Promise.resolve(),
  })
  return {
    ...identity,
    connect: () => Promise.resolve(adapter()),
    connectToShadowDb: () => Promise.resolve(adapter()),
  }
}
