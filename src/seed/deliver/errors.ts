import { defineFailure } from '../../errors/failure.ts'

/** The run was asked to stop. */
export const interrupted = defineFailure('SEED_INTERRUPTED', () => ({
  message: 'The run was stopped.',
  why: 'Each table is filled whole or not at all; those that were done stay.',
  fix: 'Run the same command again: it goes on with the tables that are not done.',
}))

/** A table with rows that a run with other input made. */
export const filledOtherwise = defineFailure('SEED_FILLED_OTHERWISE', (tables: readonly string[]) => ({
  message: `${tables.slice(0, 3).join(', ')}${tables.length > 3 ? ` and ${tables.length - 3} more` : ''} hold${tables.length === 1 ? 's' : ''} the rows of another run.`,
  why: 'An earlier run with another seed, other counts or another schema filled them.',
  fix: 'Empty the tables (TRUNCATE … CASCADE), or run with the input of that run.',
  meta: { tables },
}))

/** What a server says when it refuses rows. */
interface RefusedBy {
  readonly table: string
  readonly message: string
  readonly sqlstate: string
}

/** The server has no room left. */
export const diskFull = defineFailure('SEED_DISK_FULL', ({ table, message }: RefusedBy) => ({
  message: `The server ran out of disk space while ${table} was filled.`,
  why: `${message}. The rows of ${table} were rolled back; tables that were done stay.`,
  fix: 'Make room and run the same command again: it goes on from there.',
}))

/** The role may not do what filling a table takes. */
export const notPermitted = defineFailure('SEED_NOT_PERMITTED', ({ table, message }: RefusedBy) => ({
  message: `The role of this connection may not fill ${table}.`,
  why: message,
  fix: 'Grant it SELECT, INSERT and UPDATE on the tables and CREATE on the database (for the record in the schema "tide").',
}))

/** The session ended on the way. */
export const serverGone = defineFailure('SEED_SERVER_GONE', ({ table, message }: RefusedBy) => ({
  message: `The connection was lost while ${table} was filled.`,
  why: `${message}. An unfinished table leaves no rows.`,
  fix: 'Run the same command again when the server is back: it goes on with the tables that are not done.',
}))

/** A row that the database did not take. */
export const rowRefused = defineFailure(
  'SEED_ROW_REFUSED',
  ({ table, message, sqlstate }: RefusedBy, constraint: string | undefined) => ({
    message: `The database refused rows of ${table}${constraint === undefined ? '' : ` because of ${constraint}`}.`,
    why: `${message} (SQLSTATE ${sqlstate}). The table is as it was before.`,
    fix: 'Give a rule for the columns in seed/generators.ts, or report it with the definition of the table: what the catalog says should be enough.',
    meta: { table, ...(constraint === undefined ? {} : { constraint }) },
  }),
)
