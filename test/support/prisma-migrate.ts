import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { Migration } from '../../src/history/read-history.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')

declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ readonly instance: { readonly exports: { readonly __wbindgen_start: () => void } } }>
}

let loading: Promise<Bindings> | undefined

type Engine = Awaited<ReturnType<Bindings['SchemaEngine']['new']>>

/**
 * What `prisma migrate deploy` asks of Prisma's engine: applies what is pending and names it, or fails with `P…`.
 * @param options `isNative`: a script is sent as a whole, as by the engine of the command; its adapter for JavaScript
 * cuts it at every semicolon, also within a DO block
 */
export async function migrateDeploy(
  database: DatabaseUrl,
  history: readonly Migration[],
  options: { readonly isNative?: boolean } = {},
): Promise<readonly string[]> {
  const deploy = async (engine: Engine): Promise<readonly string[]> => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: listOf(history), filters })
    return appliedMigrationNames
  }
  return withEngine(database, deploy, options)
}

/** What `prisma migrate status` asks of it. */
export async function migrateStatus(database: DatabaseUrl, history: readonly Migration[]) {
  return withEngine(database, (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList: listOf(history), optInToShadowDatabase: false, filters }),
  )
}

interface Disposable {
  dispose(): Promise<void>
}

const filters = { externalTables: [], externalEnums: [] }

async function withEngine<Result>(
  database: DatabaseUrl,
  use: (engine: Engine) => Promise<Result>,
  { isNative = false }: { readonly isNative?: boolean } = {},
): Promise<Result> {
  loading ??= load()
  const { SchemaEngine } = await loading
  const prisma = new PrismaPg({ connectionString: revealUrl(database), max: 1 })
  const adapters: Disposable[] = []
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: prisma.provider,
    adapterName: prisma.adapterName,
    connect: async () => {
      const adapter = await prisma.connect()
      adapters.push(adapter)
      const sendWhole = async (script: string): Promise<void> => {
        await withConnection(database, (connection) => connection.query(script))
      }
      return isNative ? Object.assign(adapter, { executeScript: sendWhole }) : adapter
    },
    connectToShadowDb: () => prisma.connectToShadowDb(),
  })
  const schema = 'datasource db {\n  provider = "postgresql"\n}\n'
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, factory)
  try {
    return await use(engine)
  } finally {
    engine.free()
    // The engine leaves its session open, and with it the advisory lock.
    await Promise.all(adapters.map((adapter) => adapter.dispose()))
  }
}

function listOf(history: readonly Migration[]) {
  return {
    baseDir: '/',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: history.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  }
}

async function load(): Promise<Bindings> {
  const require = createRequire(import.meta.url)
  const path = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(join(dirname(path), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return bindings
}
