import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
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
 * @throws PRISMA_SCHEMA_INVALID with Prisma's message, PRISMA_ENGINE_FAILED; failures of the catalog's queries
 */
export async function differenceScript(
  from: DifferenceStart,
  to: SchemaText,
  filters: DifferenceFilters = { externalTables: [], externalEnums: [] },
): Promise<string> {
  instance ??= instantiate()
  const { bindings, panicked } = await instance
  const refusals: unknown[] = []
  const compute = async (): Promise<string> => {
    const catalog = from.kind === 'database' ? keepRefusals(from.catalog, refusals) : noCatalog
    const engine = await createEngine(bindings, catalog)
    const result = await engine.diff({
      from: diffTarget(from),
      to: { tag: 'schemaDatamodel', ...schemaFiles(to) },
      script: true,
      exitCode: null,
      filters: { externalTables: [...filters.externalTables], externalEnums: [...filters.externalEnums] },
    })
    engine.free()
    return result.stdout ?? ''
  }
  try {
    // A panic leaves the engine's own promise pending for ever.
    const script = await Promise.race([compute(), panicked])
    return script.trim() === emptyMigration ? '' : script
  } catch (error) {
    throw explainEngineError(refusals[0] ?? error, to, takePanic())
  }
}

/** To the engine an error of a query is only a number. */
function keepRefusals(catalog: CatalogSource, refusals: unknown[]): CatalogSource {
  return {
    ...catalog,
    query: async (query) => {
      try {
        return await catalog.query(query)
      } catch (error) {
        refusals.push(error)
        throw error
      }
    },
  }
}

const emptyMigration = '-- This is an empty migration.'

/** The engine reads a database only as the end of a history: one without migrations whose shadow stands there. */
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

interface Instance {
  readonly bindings: Bindings
  /** Rejects when the instance has died of a panic; never resolves. */
  readonly panicked: Promise<never>
}

let instance: Promise<Instance> | undefined
let instances = 0
let panic: string | undefined

async function createEngine(bindings: Bindings, catalog: CatalogSource): Promise<SchemaEngine> {
  const utils = await import('@prisma/driver-adapter-utils')
  const factory = utils.bindMigrationAwareSqlAdapterFactory(adapterFactory(catalog))
  // The difference brings its own schema: given here too, it would be parsed twice.
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory)
}

/** Compiled once per process; after a panic the instance is dead and the next call makes a new one. */
async function instantiate(): Promise<Instance> {
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
  // The module keeps views of its instance's memory, so each instance has a module of its own.
  const address = `${pathToFileURL(bindingsPath).href}?instance=${instances++}`
  const [bindings, bytes] = await Promise.all([import(address) as Promise<Bindings>, readFile(path)])
  const { imports, panicked } = catchPanics(bindings)
  setFlagsFromString(compileOnce)
  const { instance: compiled } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': imports })
  bindings.__wbg_set_wasm(compiled.exports)
  const start = compiled.exports['__wbindgen_start']
  if (!isFunction(start)) throw new Bug('The schema engine has no start function.')
  start()
  return { bindings, panicked }
}

/**
 * The engine works in microtasks of its own, where a panic would end the whole process:
 * what they throw rejects `panicked` instead.
 */
function catchPanics(bindings: Bindings): Pick<Instance, 'panicked'> & { readonly imports: Record<string, unknown> } {
  let fail: (error: unknown) => void = () => undefined
  const panicked = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  panicked.catch(() => undefined)
  const queueGuarded = (task: () => void): void => {
    queueMicrotask(() => {
      try {
        task()
      } catch (error) {
        fail(error)
      }
    })
  }
  const imports: Record<string, unknown> = { ...bindings }
  for (const [name, original] of Object.entries(imports)) {
    if (!name.startsWith('__wbg_queueMicrotask_') || !isFunction(original)) continue
    // One function of this name queues a task, another hands out the global's own queueMicrotask.
    imports[name] = (argument: unknown): unknown => {
      if (!isFunction(argument)) return original(argument)
      queueGuarded(argument)
      return undefined
    }
  }
  return { imports, panicked }
}

function isFunction(value: unknown): value is (...values: unknown[]) => unknown {
  return typeof value === 'function'
}

/**
 * V8 compiles what runs often a second time, better and slowly, in the background. A difference is over
 * before that pays: on a schema of 70 models it was 0.7 of 1.1 seconds of processor time.
 */
const compileOnce = '--wasm-tiering-budget=100000000'

function takePanic(): string | undefined {
  const message = panic
  panic = undefined
  return message
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
