import type { AlterTableStmt, DefElem, ReindexStmt } from 'libpg-query'
import type { Statement } from './statement.ts'

/**
 * Why a statement cannot run inside a transaction block, or undefined where it can.
 * What cannot be read from the text counts as able: a procedure behind CALL that commits, for one.
 * Statements that refuse it only for some objects (REINDEX and CLUSTER of a partitioned table) count as unable.
 */
export function whyOutsideTransaction(statement: Statement): string | undefined {
  const { node } = statement
  if ('IndexStmt' in node) return node.IndexStmt.concurrent === true ? 'CREATE INDEX CONCURRENTLY' : undefined
  if ('DropStmt' in node) return node.DropStmt.concurrent === true ? 'DROP INDEX CONCURRENTLY' : undefined
  if ('ReindexStmt' in node) return isConcurrent(node.ReindexStmt) ? 'REINDEX CONCURRENTLY' : 'REINDEX'
  if ('AlterTableStmt' in node) {
    return detachesConcurrently(node.AlterTableStmt) ? 'DETACH PARTITION CONCURRENTLY' : undefined
  }
  if ('VacuumStmt' in node) return node.VacuumStmt.is_vacuumcmd === true ? 'VACUUM' : undefined
  if ('AlterDatabaseStmt' in node) {
    return has(node.AlterDatabaseStmt.options, 'tablespace') ? 'ALTER DATABASE SET TABLESPACE' : undefined
  }
  if ('DiscardStmt' in node) return node.DiscardStmt.target === 'DISCARD_ALL' ? 'DISCARD ALL' : undefined
  if ('DoStmt' in node) return endsTransactions(statement.text) ? 'a DO block that commits' : undefined
  return always[statement.kind]
}

const always: Readonly<Record<string, string>> = {
  AlterSubscriptionStmt: 'ALTER SUBSCRIPTION',
  AlterSystemStmt: 'ALTER SYSTEM',
  ClusterStmt: 'CLUSTER',
  CreateSubscriptionStmt: 'CREATE SUBSCRIPTION',
  CreateTableSpaceStmt: 'CREATE TABLESPACE',
  CreatedbStmt: 'CREATE DATABASE',
  DropSubscriptionStmt: 'DROP SUBSCRIPTION',
  DropTableSpaceStmt: 'DROP TABLESPACE',
  DropdbStmt: 'DROP DATABASE',
}

/** True where the statement waits for other sessions without making anybody wait for it: it may wait long. */
export function isConcurrentBuild({ node }: Statement): boolean {
  if ('IndexStmt' in node) return node.IndexStmt.concurrent === true
  if ('DropStmt' in node) return node.DropStmt.concurrent === true
  if ('ReindexStmt' in node) return isConcurrent(node.ReindexStmt)
  if ('AlterTableStmt' in node) return detachesConcurrently(node.AlterTableStmt)
  return 'VacuumStmt' in node
}

function isConcurrent(reindex: ReindexStmt): boolean {
  return has(reindex.params, 'concurrently')
}

function detachesConcurrently(alter: AlterTableStmt): boolean {
  return (alter.cmds ?? []).some((command) => {
    if (!('AlterTableCmd' in command)) return false
    const { subtype, def } = command.AlterTableCmd
    if (subtype !== 'AT_DetachPartition' || def === undefined || !('PartitionCmd' in def)) return false
    return def.PartitionCmd.concurrent === true
  })
}

function has(options: readonly object[] | undefined, name: string): boolean {
  return (options ?? []).some((option) => 'DefElem' in option && (option.DefElem as DefElem).defname === name)
}

/** A word in a comment or a literal of the block is taken for a commit as well: that only costs atomicity of one DO. */
function endsTransactions(block: string): boolean {
  return /(^|;|\bbegin\b|\bthen\b|\bloop\b|\belse\b)\s*(commit|rollback)\s*(and\s+(no\s+)?chain\s*)?;/im.test(block)
}
