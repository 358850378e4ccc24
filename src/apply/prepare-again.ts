import type { IndexStmt } from 'libpg-query'
import type { Connection } from '../postgres/connect.ts'
import { fitIdentifier } from '../postgres/quote.ts'
import { nameSql, relationSql } from '../postgres/statements/relation-name.ts'
import type { Statement } from '../postgres/statements/statement.ts'
import { sqlstate } from '../postgres/sqlstate.ts'

/** What is known of an earlier attempt. */
export interface Earlier {
  /** An earlier attempt of this statement was begun, and how it ended is unknown. */
  readonly wasBegun: boolean
  readonly knownIndexes: readonly string[] | null
}

/**
 * Makes a statement outside a transaction repeatable: looks at what an earlier attempt left.
 * - CREATE INDEX CONCURRENTLY: an INVALID index of that name is dropped, whoever left it; a valid one of a begun
 *   attempt is the result.
 * - DROP INDEX CONCURRENTLY and DETACH PARTITION CONCURRENTLY: what is gone is done; a half detached one is finished.
 * - REINDEX CONCURRENTLY: the INVALID copies of a begun attempt are dropped.
 * - the rest (VACUUM, ALTER SYSTEM, a DO block that commits) is run again.
 */
export async function prepareAgain(connection: Connection, statement: Statement, earlier: Earlier): Promise<'run' | 'done'> {
  const { node } = statement
  if ('IndexStmt' in node) return prepareIndex(connection, node.IndexStmt, earlier)
  if (!earlier.wasBegun) return 'run'
  if ('DropStmt' in node) {
    const [first] = node.DropStmt.objects ?? []
    const name = first !== undefined && 'List' in first ? nameSql(first.List.items ?? []) : ''
    return (await exists(connection, name)) ? 'run' : 'done'
  }
  if ('ReindexStmt' in node) await dropInvalidCopies(connection, relationSql(node.ReindexStmt.relation))
  if ('AlterTableStmt' in node) return finishDetaching(connection, statement)
  return 'run'
}

/**
 * True where the error of a begun statement says that an earlier attempt reached its end: the database to create is
 * there, the one to drop is gone.
 */
export function saysDone(state: string | undefined, { kind }: Statement): boolean {
  if (state === sqlstate.duplicateDatabase) return kind === 'CreatedbStmt'
  if (state === sqlstate.databaseMissing) return kind === 'DropdbStmt'
  if (state === sqlstate.duplicateObject) return kind === 'CreateTableSpaceStmt' || kind === 'CreateSubscriptionStmt'
  if (state === sqlstate.undefinedObject) return kind === 'DropTableSpaceStmt' || kind === 'DropSubscriptionStmt'
  return false
}

/**
 * Takes away the INVALID index that a failed CREATE INDEX CONCURRENTLY left: writers would go on paying for it.
 * @returns true where there was one
 */
export async function dropInvalidIndex(connection: Connection, { node }: Statement): Promise<boolean> {
  if (!('IndexStmt' in node) || node.IndexStmt.idxname === undefined) return false
  const found = await indexesOf(
    connection,
    relationSql(node.IndexStmt.relation),
    'NOT i.indisvalid AND c.relname = $2',
    fitIdentifier(node.IndexStmt.idxname),
  )
  for (const { name } of found) await connection.query(`DROP INDEX CONCURRENTLY ${name}`)
  return found.length > 0
}

/** CREATE INDEX CONCURRENTLY IF NOT EXISTS takes an INVALID index for the one that it should make. */
export function skipsExistingIndex({ node }: Statement): boolean {
  return 'IndexStmt' in node && node.IndexStmt.if_not_exists === true
}

interface FoundIndex {
  /** Quoted by the server, with its schema where that is not in the search path. */
  readonly name: string
  readonly valid: boolean
}

async function prepareIndex(connection: Connection, index: IndexStmt, earlier: Earlier): Promise<'run' | 'done'> {
  const { idxname } = index
  const known = earlier.knownIndexes
  if (idxname === undefined && (!earlier.wasBegun || known === null)) return 'run'
  const found = await indexesOf(
    connection,
    relationSql(index.relation),
    idxname === undefined ? 'NOT c.oid = ANY ($2::oid[])' : 'c.relname = $2',
    idxname === undefined ? known : fitIdentifier(idxname),
  )
  for (const { name, valid } of found) {
    if (valid && earlier.wasBegun) return 'done'
    if (!valid) await connection.query(`DROP INDEX CONCURRENTLY ${name}`)
  }
  return 'run'
}

async function indexesOf(
  connection: Connection,
  table: string,
  condition: string,
  value: unknown,
): Promise<readonly FoundIndex[]> {
  const { rows } = await connection.query<FoundIndex>(
    `SELECT c.oid::regclass::text AS name, i.indisvalid AS valid
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = to_regclass($1) AND c.relkind = 'i' AND ${condition} ORDER BY c.oid`,
    [table, value],
  )
  return rows
}

async function exists(connection: Connection, name: string): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [name])
  return rows[0]?.found === true
}

/** REINDEX CONCURRENTLY names the index that it builds `…_ccnew`, and the one that it replaces `…_ccold`. */
async function dropInvalidCopies(connection: Connection, relation: string): Promise<void> {
  const { rows } = await connection.query<FoundIndex>(
    `SELECT c.oid::regclass::text AS name, i.indisvalid AS valid
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'
        AND (i.indrelid = to_regclass($1)
             OR i.indrelid = (SELECT indrelid FROM pg_index WHERE indexrelid = to_regclass($1)))`,
    [relation],
  )
  for (const { name } of rows) await connection.query(`DROP INDEX CONCURRENTLY ${name}`)
}

async function finishDetaching(connection: Connection, { node }: Statement): Promise<'run' | 'done'> {
  if (!('AlterTableStmt' in node)) return 'run'
  const parent = relationSql(node.AlterTableStmt.relation)
  const [command] = node.AlterTableStmt.cmds ?? []
  const change = command !== undefined && 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined
  if (change === undefined || !('PartitionCmd' in change)) return 'run'
  const partition = relationSql(change.PartitionCmd.name)
  const { rows } = await connection.query<{ pending: boolean }>(
    'SELECT inhdetachpending AS pending FROM pg_inherits WHERE inhparent = to_regclass($1) AND inhrelid = to_regclass($2)',
    [parent, partition],
  )
  const [row] = rows
  if (row === undefined) return (await exists(connection, partition)) ? 'done' : 'run'
  if (!row.pending) return 'run'
  await connection.query(`ALTER TABLE ${parent} DETACH PARTITION ${partition} FINALIZE`)
  return 'done'
}
