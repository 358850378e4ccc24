import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import type { DiffTarget } from '@prisma/schema-engine-wasm/schema_engine_bg'
import { Bug } from '../errors/bug.ts'
import type { DifferenceRequest } from './engine-messages.ts'
import type { SchemaText } from './schema-text.ts'

/** Prisma's schema engine, ready to compute. */
export interface EngineInstance {
  /**
   * Prisma's own SQL; a comment alone where nothing differs.
   * @param query answers the engine's questions to the catalogue of a database
   */
  difference(request: DifferenceRequest, query: (query: SqlQuery) => Promise<SqlResultSet>): Promise<string>
}

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')

/** The little of WebAssembly that is used here; TypeScript knows it only among the types of a browser. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>
}

/**
 * Compiles the engine. It works in microtasks of its own: a panic there is an uncaught exception of the thread, and
 * leaves every promise of the engine pending.
 * @param onPanic gets the text of a panic, before it is thrown
 */
export async function createEngineInstance(onPanic: (text: string) => void): Promise<EngineInstance> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: onPanic } })
  const bindingsPath = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const path = join(dirname(bindingsPath), 'schema_engine_bg.wasm')
  const [bindings, bytes] = await Promise.all([
    import('@prisma/schema-engine-wasm/schema_engine_bg'),
    readFile(path),
  ])
  setFlagsFromString(compileOnce)
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (!isFunction(start)) throw new Bug('The schema engine has no start function.')
  start()
  const engine = engineOf(bindings)
  await engine.difference(warmUp, () => Promise.resolve(noRows))
  return engine
}

function engineOf(bindings: Bindings): EngineInstance {
  return {
    difference: async (request, query) => {
      const factory = bindMigrationAwareSqlAdapterFactory(adapterFactory(request.schemaName, query))
      // The difference brings its own schema: given here too, it would be parsed twice.
      const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory)
      const { externalTables, externalEnums } = request.filters
      const result = await engine.diff({
        from: diffTarget(request.from),
        to: { tag: 'schemaDatamodel', ...schemaFiles(request.to) },
        script: true,
        exitCode: null,
        filters: { externalTables: [...externalTables], externalEnums: [...externalEnums] },
      })
      engine.free()
      return result.stdout ?? ''
    },
  }
}

/**
 * V8 compiles what runs often a second time, better and slowly, in the background. A difference is over
 * before that pays: on a schema of 70 models it was 0.7 of 1.1 seconds of processor time.
 */
const compileOnce = '--wasm-tiering-budget=100000000'

/**
 * V8 compiles a function of WebAssembly when it is first called. Called here, that is done while nobody waits yet:
 * a fifth of the time of the first difference.
 */
const warmUp: DifferenceRequest = {
  from: { kind: 'nothing' },
  to: {
    files: [
      {
        path: 'schema.prisma',
        text: `datasource db {
  provider = "postgresql"
}
enum Color {
  RED
}
model One {
  id      Int      @id @default(autoincrement())
  name    String   @unique @map("the_name") @db.VarChar(20)
  color   Color    @default(RED)
  tags    String[]
  at      DateTime @default(now())
  others  Two[]
  @@index([color, at])
  @@map("ones")
}
model Two {
  id    String  @id @default(cuid())
  one   One?    @relation(fields: [oneId], references: [id], onDelete: Cascade)
  oneId Int?
}
`,
      },
    ],
  },
  filters: { externalTables: [], externalEnums: [] },
  schemaName: 'public',
}
const noRows: SqlResultSet = { columnNames: ['exists'], columnTypes: [5], rows: [[true]] }

function isFunction(value: unknown): value is (...values: unknown[]) => unknown {
  return typeof value === 'function'
}

/** The engine reads a database only as the end of a history: one without migrations whose shadow stands there. */
function diffTarget(from: DifferenceRequest['from']): DiffTarget {
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

function adapterFactory(
  schemaName: string,
  query: (query: SqlQuery) => Promise<SqlResultSet>,
): SqlMigrationAwareDriverAdapterFactory {
  const identity = { provider: 'postgres', adapterName: '@prisma/adapter-pg' } as const
  const adapter = (): SqlDriverAdapter => ({
    ...identity,
    queryRaw: query,
    executeRaw: () => Promise.resolve(0),
    executeScript: () => Promise.resolve(),
    startTransaction: () => Promise.reject(new Bug('The engine plans only; it opens no transaction.')),
    getConnectionInfo: () => ({ schemaName, supportsRelationJoins: true }),
    dispose: () => Promise.resolve(),
  })
  return {
    ...identity,
    connect: () => Promise.resolve(adapter()),
    connectToShadowDb: () => Promise.resolve(adapter()),
  }
}
