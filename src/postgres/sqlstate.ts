/** SQLSTATE codes, named by what they mean here. The full list is PostgreSQL's appendix A. */
export const sqlstate = {
  /** `lock_timeout` ran out, or NOWAIT met a lock. */
  lockNotAvailable: '55P03',
  deadlockDetected: '40P01',
  serializationFailure: '40001',
  queryCancelled: '57014',
  uniqueViolation: '23505',
  notNullViolation: '23502',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  exclusionViolation: '23P01',
  syntaxError: '42601',
  undefinedTable: '42P01',
  undefinedObject: '42704',
  duplicateTable: '42P07',
  duplicateObject: '42710',
  duplicateColumn: '42701',
  duplicateDatabase: '42P04',
  databaseMissing: '3D000',
  insufficientPrivilege: '42501',
  featureNotSupported: '0A000',
  /** Raised by a script of Tide's: the archive that a rollback needs is not there, or cannot be made. */
  archiveMissing: 'TD001',
  archiveRefused: 'TD002',
  undefinedFile: '58P01',
  diskFull: '53100',
  /** A standby, or `default_transaction_read_only`. */
  readOnlyTransaction: '25006',
  /** An enum value that the same transaction added. */
  unsafeNewEnumValue: '55P04',
  /** Any statement after one that failed. */
  failedTransaction: '25P02',
  /** A statement that refuses a transaction block. */
  activeTransaction: '25001',
  /** A procedure or DO block that commits inside somebody else's transaction. */
  invalidTransactionTermination: '2D000',
  /** ALTER TABLE while row changes of the same transaction still wait for their triggers. */
  objectInUse: '55006',
  /** RAISE EXCEPTION without a code of its own. */
  raisedException: 'P0001',
} as const

/** The SQLSTATE of an error that came from a server, else undefined. It has a digit in it, unlike `EPIPE`. */
export function sqlstateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return /^(?=.*\d)[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined
}

/** True where the session is gone: the server went away, was shut down, or somebody ended the backend. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const state = sqlstateOf(error)
  if (state !== undefined) return state.startsWith('08') || state.startsWith('57P') || sessionTimeouts.has(state)
  const code = 'code' in error ? String(error.code) : ''
  return socketErrors.has(code) || driverErrors.test(error.message)
}

/** `idle_in_transaction_session_timeout` and `transaction_timeout`: the server ends the session. */
const sessionTimeouts: ReadonlySet<string> = new Set(['25P03', '25P04'])

const socketErrors: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'])

/** How `pg` says that a connection ended, or that it has before. */
const driverErrors = /^Connection terminated|not queryable$|^Client was closed|^This socket has been ended/
