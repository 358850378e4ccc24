import { createRequire } from 'node:module'
import type { QueryArrayConfig } from 'pg'
import type { Connection } from '../postgres/connect.ts'

/** The class of a generated Prisma Client, as far as it is used here. */
export type PrismaClientClass = new (options: { readonly adapter: unknown }) => object

/**
 * A Prisma Client whose every query runs in the one session that is handed in, within the transaction that is open
 * there. `$transaction` of that client is a savepoint of it. Nothing of the session is ended by the client.
 *
 * It is Prisma's own adapter for PostgreSQL, so values are converted as in the user's application; only the pool that
 * it would open is replaced. Queries of two `$transaction` calls at once wait for each other.
 * @param schema where tables of models without `@@schema` are
 */
export function createClientOnConnection(
  PrismaClient: PrismaClientClass,
  connection: Connection,
  schema: string,
): object {
  const { PrismaPg } = require('@prisma/adapter-pg') as typeof import('@prisma/adapter-pg')
  const factory = new PrismaPg({}, { schema })
  const pool = createPool(connection)
  const adapter = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    // The pool that the adapter has made for itself never opens a session.
    connect: async () => Object.assign(await factory.connect(), { client: pool }),
  }
  return new PrismaClient({ adapter })
}

const require = createRequire(import.meta.url)

type Send = (config: QueryArrayConfig | string) => Promise<unknown>

interface PoolLike {
  readonly query: Send
  readonly connect: () => Promise<PoolLike & { readonly release: () => void }>
  readonly on: () => void
  readonly removeListener: () => void
  readonly end: () => Promise<void>
}

function createPool(connection: Connection): PoolLike {
  const listeners = { on: () => undefined, removeListener: () => undefined, end: () => Promise.resolve() }
  // The same signature for both: text alone, or text with values.
  const send: Send = (config) => connection.query(config as QueryArrayConfig)
  let turn: Promise<void> = Promise.resolve()
  let count = 0
  const pool: PoolLike = {
    ...listeners,
    query: send,
    connect: async () => {
      const previous = turn
      let release: () => void = () => undefined
      turn = new Promise((resolve) => (release = resolve))
      await previous
      const name = `tide_client_${++count}`
      return { ...listeners, query: (config) => send(asSavepoint(config, name)), connect: pool.connect, release }
    },
  }
  return pool
}

/** What begins and ends a transaction of the client begins and ends a savepoint here. */
function asSavepoint(config: QueryArrayConfig | string, name: string): QueryArrayConfig | string {
  const text = typeof config === 'string' ? config : config.text
  const changed = savepointSql(text.trim().toUpperCase(), name)
  if (changed === undefined) return config
  return typeof config === 'string' ? changed : { ...config, text: changed }
}

function savepointSql(text: string, name: string): string | undefined {
  if (text === 'BEGIN') return `SAVEPOINT ${name}`
  if (text === 'COMMIT') return `RELEASE SAVEPOINT ${name}`
  if (text === 'ROLLBACK') return `ROLLBACK TO SAVEPOINT ${name}`
  return text.startsWith('SET TRANSACTION ISOLATION LEVEL') ? 'SELECT 1' : undefined
}
