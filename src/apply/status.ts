import { explainingServerErrors } from './explain-server-errors.ts'
import { type JournalRow, readJournal } from './journal.ts'
import { planUp } from './plan-up.ts'
import { type DataState, isOwed, readDataStates } from '../data/data-state.ts'
import { compareHistory, isPending, type MigrationState } from '../history/compare-history.ts'
import { readLedger } from '../history/ledger.ts'
import type { Migration } from '../history/read-history.ts'
import { isFailure } from '../errors/failure.ts'
import { type Connection, withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'

/** Which database, and the history that it is compared with. */
export interface StatusOptions {
  readonly database: DatabaseUrl
  readonly history: readonly Migration[]
}

/** A migration as it stands in one database. */
export interface MigrationStatus extends MigrationState {
  /** Where an earlier run stopped in the middle of it. */
  readonly unfinished?: {
    readonly direction: 'up' | 'down'
    /** Statements that are committed. */
    readonly done: number
  }
  /** How far its data step has come, where it has one and is applied. */
  readonly data?: DataState['state']
}

/** The document of `tide status`, but for the drift. */
export interface StatusResult {
  /** Where the database is, without a password. */
  readonly database: string
  /** In the order of the history. */
  readonly migrations: readonly MigrationStatus[]
  /** How many migrations `up` would apply or finish. */
  readonly pending: number
  /** How many data steps of applied migrations `up` would run or finish. */
  readonly dataOwed: number
  /** Why `up` would refuse to apply anything, and the way out; absent where it would not. */
  readonly blocked?: BlockedUp
}

/** The failure with which `up` would stop before its first statement. */
export interface BlockedUp {
  readonly code: string
  readonly message: string
  readonly why?: string
  readonly fix?: string
}

/**
 * How far a database has come along the history. Reads only; does not wait for a run that is at work.
 * @throws POSTGRES_*
 */
export async function status({ database, history }: StatusOptions): Promise<StatusResult> {
  const read = async (connection: Connection): Promise<StatusResult> => {
    const ledger = await readLedger(connection, database.schema)
    const journal = await readJournal(connection, database.schema)
    const data = await readDataStates(connection, database.schema, history, ledger)
    const migrations = compareHistory(history, ledger).map((state) => withData(withUnfinished(state, journal), data))
    const pending = migrations.filter(isLeftForUp).length
    const dataOwed = data.filter(isOwed).length
    const blocked = whyBlocked(history, ledger, journal)
    const result = { database: database.toString(), migrations, pending, dataOwed }
    return blocked === undefined ? result : { ...result, blocked }
  }
  return explainingServerErrors(() => withConnection(database, read, { applicationName: 'tide status' }))
}

function whyBlocked(...[history, ledger, journal]: Parameters<typeof planUp>): BlockedUp | undefined {
  try {
    planUp(history, ledger, journal)
    return undefined
  } catch (error) {
    if (!isFailure(error)) throw error
    const { message, why, fix } = error.details
    return { code: error.code, message, ...(why === undefined ? {} : { why }), ...(fix === undefined ? {} : { fix }) }
  }
}

function withData(state: MigrationStatus, data: readonly DataState[]): MigrationStatus {
  const own = data.find(({ migration }) => migration === state.name)
  return own === undefined ? state : { ...state, data: own.state }
}

function isLeftForUp(migration: MigrationStatus): boolean {
  return isPending(migration) || migration.unfinished?.direction === 'up'
}

/** A journal's row counts only for the state that it belongs to: other tools may have settled the migration since. */
function withUnfinished(state: MigrationState, journal: readonly JournalRow[]): MigrationStatus {
  const direction = state.state === 'failed' ? 'up' : 'down'
  const row = journal.find((entry) => entry.migration === state.name && entry.direction === direction)
  if (row === undefined || (direction === 'down' && state.state !== 'applied')) return state
  return { ...state, unfinished: { direction, done: row.done.length } }
}
