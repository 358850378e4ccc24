import type { Fact, FactBase } from '@supabase/pg-delta/core'
import type { Pool } from 'pg'
import type { Connection } from '../connect.ts'
import { ledgerTable, ownSchemas } from './scope.ts'

/** A database's structure as pg-delta reads it: the second reader, from which a way back is planned. */
export interface StructureFacts {
  readonly base: FactBase
  /** The role that asked: whatever belongs to it needs no ALTER … OWNER. */
  readonly role: string
}

/**
 * Reads a database for `planDifference`. Reads only, in a transaction or outside one; takes about 0.3 s for 60 tables,
 * five times what `readCatalog` takes: read it where a plan is needed, not to compare.
 */
export async function readStructureFacts(connection: Connection): Promise<StructureFacts> {
  const { extract } = await import('@supabase/pg-delta/extract')
  const transaction = await beginReading(connection)
  try {
    const { factBase } = await extract(asPool(connection))
    const role = await connection.query<{ role: string }>('SELECT current_user AS role')
    const name = role.rows[0]?.role ?? ''
    return { base: await onlyUserFacts(factBase, name), role: name }
  } finally {
    await connection.query(transaction.end)
  }
}

/** The facts as text, for a cache. */
export async function serializeStructureFacts(facts: StructureFacts): Promise<string> {
  const { serializeSnapshot } = await import('@supabase/pg-delta/core')
  return `${facts.role}\n${serializeSnapshot(facts.base, { pgVersion: '' })}`
}

/** The facts that `serializeStructureFacts` wrote, or undefined where the text is damaged or of another version. */
export async function parseStructureFacts(text: string): Promise<StructureFacts | undefined> {
  const { deserializeSnapshot } = await import('@supabase/pg-delta/core')
  const end = text.indexOf('\n')
  try {
    return { role: text.slice(0, end), base: deserializeSnapshot(text.slice(end + 1)).factBase }
  } catch {
    return undefined
  }
}

/** A savepoint in the caller's transaction, else a transaction; either is rolled back, with its settings. */
async function beginReading(connection: Connection): Promise<{ readonly end: string }> {
  const inside = connection.getTransactionStatus() === 'T'
  await connection.query(inside ? 'SAVEPOINT tide_read' : 'BEGIN')
  return { end: inside ? 'ROLLBACK TO SAVEPOINT tide_read; RELEASE SAVEPOINT tide_read' : 'ROLLBACK' }
}

/** pg-delta takes a pool and frames its reading in a transaction of its own; here both are the caller's. */
function asPool(connection: Connection): Pool {
  const query = (...input: readonly unknown[]): unknown =>
    isFrame(input[0])
      ? Promise.resolve({ rows: [] })
      : (connection.query as (...all: readonly unknown[]) => unknown).apply(connection, [...input])
  const client = { query, release: () => undefined }
  // Of a pool, pg-delta's `extract` calls `connect`, and of the client `query` and `release`: no more.
  return { connect: () => Promise.resolve(client) } as unknown as Pool
}

function isFrame(sql: unknown): boolean {
  return typeof sql === 'string' && /^(BEGIN|COMMIT|ROLLBACK)\b/.test(sql)
}

/** Without Tide's schemas, Prisma's ledger, and the grants to the asking role: on another server it is another. */
async function onlyUserFacts(base: FactBase, role: string): Promise<FactBase> {
  const { buildFactBase, encodeId } = await import('@supabase/pg-delta/core')
  const left = new Set<string>()
  const ledgers = schemasOfLedgers(base.facts())
  const isLeftOut = ({ id, parent }: Fact): boolean =>
    isBookkeeping(id, ledgers) || isOwnGrant(id, role) || (parent !== undefined && left.has(encodeId(parent)))
  // A fact's parent may stand after it: go round until nothing more falls away.
  for (let size = -1; size !== left.size; ) {
    size = left.size
    for (const fact of base.facts()) if (isLeftOut(fact)) left.add(encodeId(fact.id))
  }
  if (left.size === 0) return base
  return buildFactBase(
    base.facts().filter((fact) => !left.has(encodeId(fact.id))),
    base.edges.filter((edge) => !left.has(encodeId(edge.from)) && !left.has(encodeId(edge.to))),
    'liveDb',
  )
}

function isOwnGrant(id: Fact['id'], role: string): boolean {
  return id.kind === 'acl' && id.grantee === role
}

function isBookkeeping(id: Fact['id'], ledgers: ReadonlySet<string>): boolean {
  const own: readonly string[] = ownSchemas
  if ('schema' in id && id.schema !== null && own.includes(id.schema)) return true
  if (id.kind === 'schema') return own.includes(id.name)
  if (id.kind === 'table') return id.name === ledgerTable && ledgers.has(id.schema)
  return 'table' in id && id.table === ledgerTable && ledgers.has(id.schema)
}

/** As `isLedger` tells them: a table of a user's own that is called so has no names of migrations. */
function schemasOfLedgers(facts: readonly Fact[]): ReadonlySet<string> {
  return new Set(
    facts.flatMap(({ id }) => {
      return id.kind === 'column' && id.table === ledgerTable && id.name === 'migration_name' ? [id.schema] : []
    }),
  )
}
