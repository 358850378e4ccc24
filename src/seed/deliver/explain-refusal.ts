import { type Failure, isFailure, withCause } from '../../errors/failure.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { isConnectionLoss, sqlstate } from '../../postgres/sqlstate.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { tableKey } from '../plan/table-key.ts'
import { uniqueSets } from '../plan/unique-sets.ts'
import {
  cancelled,
  diskFull,
  limitReached,
  lockedOut,
  notPermitted,
  readOnly,
  type Refusal,
  refused,
  resumable,
  rowRefused,
  rowSecurityRefuses,
  serverGone,
  triggerRaised,
  undone,
} from './errors.ts'

/** The table whose rows were written, where there is one, and where their values come from. */
export interface WrittenTable {
  readonly facts?: TableFacts
  /** By column, as `User.email`: those that the user's rules make, and those that personas give. */
  readonly rules?: ReadonlyMap<string, string>
  readonly personas?: ReadonlyMap<string, string>
  /** True for rows of files. */
  readonly isLoaded?: boolean
  /** True where the whole run is one transaction. */
  readonly isWhole?: boolean
}

/**
 * The failure that an error of the server means; anything else stays as it is.
 * @param doing after "while": `public.users was filled`
 */
export function explainRefusal(doing: string, error: unknown, table?: WrittenTable): unknown {
  if (isFailure(error) || !(error instanceof Error)) return error
  const { message, sqlstate: state } = readServerError(error)
  const aftermath = table?.isWhole === true ? undone : resumable
  const refusal = { doing, message: message.replace(/\.$/, ''), sqlstate: state, aftermath }
  if (isConnectionLoss(error)) return withCause(serverGone(refusal), error)
  if (state === 'unknown') return error
  return withCause(failureOf(refusal, error, table), error)
}

/** Runs a function, and explains what the server refuses in it. */
export async function explaining<Result>(
  doing: string,
  run: () => Promise<Result>,
  written?: WrittenTable,
): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw explainRefusal(doing, error, written)
  }
}

function failureOf(refusal: Refusal, error: Error, written: WrittenTable | undefined): Failure {
  const table = written?.facts
  const { message, sqlstate: state } = refusal
  if (state === sqlstate.diskFull) return diskFull(refusal)
  if (state.startsWith('53')) return limitReached(refusal)
  if (state === sqlstate.readOnlyTransaction) return readOnly(refusal)
  if (state === sqlstate.queryCancelled) return cancelled(refusal)
  if (lockStates.has(state)) return lockedOut(refusal)
  const routine = routineOf(error)
  // What the user's own function refuses is told by that function: a constraint that it runs into is not of this table.
  const triggers = (table?.insertTriggers ?? []).map(({ name }) => name)
  if (routine !== undefined) return triggerRaised(refusal, routine, triggers)
  if (state === sqlstate.insufficientPrivilege) {
    return message.includes('row-level security') ? rowSecurityRefuses(refusal) : notPermitted(refusal)
  }
  if (table === undefined || written === undefined) return refused(refusal)
  const { constraint, column = copiedColumn(error) } = readServerError(error)
  const mayHide = table.rowSecurity && state === sqlstate.uniqueViolation
  const hidden = mayHide ? '. Row-level security may hide rows that are there' : ''
  const columns = constraint === undefined ? [column ?? ''] : constrainedColumns(table, constraint)
  const among = (fields: ReadonlyMap<string, string> | undefined): readonly string[] =>
    [...(fields ?? [])].flatMap(([name, field]) => (columns.includes(name) ? [field] : []))
  const isLoaded = written.isLoaded === true
  const authors = { rules: among(written.rules), personas: among(written.personas), isLoaded }
  const named = { table: tableKey(table), constraint: constraint ?? column, authors }
  // What a type does not take is repeated in the message: a value stays where it is.
  const said = state.startsWith('22') ? message.replace(/: ".*"$/su, '') : message
  return rowRefused({ ...refusal, message: `${said}${hidden}` }, named)
}

/** The column of which COPY read a value that its type does not take. */
function copiedColumn(error: Error): string | undefined {
  const where = 'where' in error && typeof error.where === 'string' ? error.where : ''
  return /^COPY .+?, line \d+, column (.+?): "/su.exec(where)?.[1]
}

/** The columns that a constraint or an index speaks of; none where it is not known. */
function constrainedColumns(table: TableFacts, name: string): readonly string[] {
  const ofDomains = table.columns.flatMap((column) =>
    column.domainChecks.map((check) => ({ name: check.name, columns: [column.name] })),
  )
  const all = [...uniqueSets(table), ...table.checks, ...ofDomains, ...table.foreignKeys]
  return all.find((one) => one.name === name)?.columns ?? []
}

const lockStates: ReadonlySet<string> = new Set([
  sqlstate.lockNotAvailable,
  sqlstate.deadlockDetected,
  sqlstate.serializationFailure,
])

/** The function of the user's in which it happened: the innermost that the server names. */
function routineOf(error: Error): string | undefined {
  const where = 'where' in error && typeof error.where === 'string' ? error.where : ''
  return /^(?:PL\/\w+ function|SQL function) "?([^"\s(]+(?:\([^)]*\))?)/m.exec(where)?.[1]
}
