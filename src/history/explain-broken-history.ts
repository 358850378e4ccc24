import { isFailure, withCause } from '../errors/failure.ts'
import { sqlstateOf } from '../postgres/sqlstate.ts'
import { extensionMissing, historyBroken } from './errors.ts'
import type { Migration } from './read-history.ts'

/** What a migration that does not run in a rehearsal means for the history, and the way out. */
export function explainBrokenHistory(migration: Migration, error: unknown): unknown {
  if (!isFailure(error) || !error.code.startsWith('STATEMENT_')) return error
  const extension = missingExtension(error.cause instanceof Error ? error.cause.message : '')
  const failure =
    extension === undefined
      ? historyBroken(migration.name, error, isMissingObject(error.cause))
      : extensionMissing(extension, migration.name, error.details.where)
  return withCause(failure, error)
}

/** The extension whose files a server lacks: as told by PostgreSQL 15 and later, and by the versions before. */
export function missingExtension(message: string): string | undefined {
  const told = /extension "([^"]+)" is not available/.exec(message)
  return told?.[1] ?? /could not open extension control file ".*?([^/\\"]+)\.control"/.exec(message)?.[1]
}

/** A schema, table, role, function or type that nothing in the history creates may come from a hoster. */
function isMissingObject(cause: unknown): boolean {
  return ['3F000', '42P01', '42704', '42883'].includes(sqlstateOf(cause) ?? '')
}
