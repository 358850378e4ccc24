import { defineFailure } from '../../errors/failure.ts'
import { shellWord } from '../../errors/shell-word.ts'

const takenBack = 'The run was one transaction, which was taken back: the database is as it was before'

/** The run was asked to stop. */
export const interrupted = defineFailure('SEED_INTERRUPTED', (isWhole = false) => ({
  message: 'The run was stopped.',
  why: isWhole ? `${takenBack}.` : 'Each table is filled whole or not at all; those that were done stay.',
  fix: isWhole ? 'Run the same command again.' : 'Run the same command again: it goes on with the tables that are not done.',
}))

/**
 * Tables with rows that a run with other input made.
 * @param empty the tables of the run that hold no rows
 */
export const filledOtherwise = defineFailure(
  'SEED_FILLED_OTHERWISE',
  (tables: readonly string[], empty: readonly string[]) => ({
    message: `${tables.slice(0, 3).join(', ')}${tables.length > 3 ? ` and ${tables.length - 3} more` : ''} hold${tables.length === 1 ? 's' : ''} the rows of another run.`,
    why: 'They follow from another seed, another number of rows, other rules, another version of Tide’s generators, or another definition of the table or of one that it points to. Rows are never added to those of another run.',
    fix: [
      ...(empty.length === 0 ? [] : [`Fill the others alone, which leaves these as they are: ${modelsFlag(empty)}`]),
      'Make them anew with --truncate, where the environment allows it, or run with the input of that run.',
    ].join('. '),
    meta: { tables, empty },
  }),
)

/** Tables that no model stands for are called by their schema as well, and asked for from the database. */
function modelsFlag(tables: readonly string[]): string {
  const flag = `--models ${shellWord(tables.join(','))}`
  return tables.some((name) => name.includes('.')) ? `${flag} --from-database` : flag
}

/** Tables that this run has filled, and from which rows were taken away since. */
export const rowsGone = defineFailure('SEED_ROWS_GONE', (tables: readonly string[]) => ({
  message: `Rows that this run made in ${tables.join(', ')} were deleted since.`,
  why: 'A table is filled whole or not at all: single rows are not made again.',
  fix: 'Delete the other rows of these tables too, and the same command fills them again; or make everything anew with --truncate, where the environment allows it.',
  meta: { tables },
}))

/** What a server says when it refuses something. */
export interface Refusal {
  /** What was done, after "while": `public.users was filled`. */
  readonly doing: string
  readonly message: string
  readonly sqlstate: string
  readonly aftermath: Aftermath
}

/** What a run that was refused leaves behind, and what the same command does next. */
export interface Aftermath {
  readonly left: string
  readonly again: string
}

/** Of a run whose tables commit one after the other. */
export const resumable: Aftermath = {
  left: 'What was done stays, what was not finished left nothing',
  again: 'run the same command again: it goes on from there',
}

/** Of a run that is one transaction. */
export const undone: Aftermath = { left: takenBack, again: 'run the same command again' }

/** The server has no room left. */
export const diskFull = defineFailure('SEED_DISK_FULL', ({ doing, message, aftermath }: Refusal) => ({
  message: `The server ran out of disk space while ${doing}.`,
  why: `${message}. ${aftermath.left}.`,
  fix: `Make room on the server and ${aftermath.again}.`,
}))

/** A limit of the server other than its disk: memory, connections, temporary files. */
export const limitReached = defineFailure('SEED_LIMIT_REACHED', ({ doing, message, sqlstate, aftermath }: Refusal) => ({
  message: `The server reached a limit while ${doing}.`,
  why: `${message} (SQLSTATE ${sqlstate}). ${aftermath.left}.`,
  fix: `Raise the limit or wait until others are done, and ${aftermath.again}.`,
}))

/** The role may not do what filling a table takes. */
export const notPermitted = defineFailure('SEED_NOT_PERMITTED', ({ doing, message, aftermath }: Refusal) => ({
  message: `The role of this connection lacks a permission: ${message}.`,
  why: `The server said so while ${doing}. ${aftermath.left}.`,
  fix:
    'Grant it SELECT, INSERT and UPDATE on the tables, USAGE, SELECT and UPDATE on their sequences, and CREATE on the ' +
    'database (for the record in the schema "tide"), or seed as the role that applies the migrations. Then run it again.',
}))

/** The session or the server takes no writes. */
export const readOnly = defineFailure('SEED_READ_ONLY', ({ doing, message }: Refusal) => ({
  message: 'The database takes no writes from this session.',
  why: `${message}, while ${doing}. Nothing was changed.`,
  fix:
    'Where the server is a standby, name the primary in the database URL. Else default_transaction_read_only is set for ' +
    'the role, the database or the server: use another role, or switch it off.',
}))

/** A statement was ended from outside. */
export const cancelled = defineFailure('SEED_CANCELLED', ({ doing, message, aftermath }: Refusal) => ({
  message: `The server ended a statement while ${doing}.`,
  why: `${message}. ${aftermath.left}.`,
  fix: `Somebody cancelled it, or a limit of time did (a proxy between may have its own). When that is settled, ${aftermath.again}.`,
}))

/** Other sessions were in the way. */
export const lockedOut = defineFailure('SEED_LOCKED', ({ doing, message, aftermath }: Refusal) => ({
  message: `Another session was in the way while ${doing}.`,
  why: `${message}. ${aftermath.left}.`,
  fix: `Wait until the other session is done, or end it, and ${aftermath.again}.`,
}))

/** The session ended on the way. */
export const serverGone = defineFailure('SEED_SERVER_GONE', ({ doing, message, aftermath }: Refusal) => ({
  message: `The connection was lost while ${doing}.`,
  why: `${message}. ${aftermath.left}.`,
  fix: `When the server is back, ${aftermath.again}.`,
}))

/** A policy does not let the role write rows. */
export const rowSecurityRefuses = defineFailure('SEED_ROW_SECURITY', ({ doing, message, aftermath }: Refusal) => ({
  message: `Row-level security refused rows while ${doing}.`,
  why: `${message}. ${aftermath.left}.`,
  fix: 'Seed as a role with BYPASSRLS, as the owner of the table where security is not forced, or give the role a policy that lets it read and write all rows.',
}))

/** A policy hides rows that were just written. */
export const rowsHidden = defineFailure('SEED_ROWS_HIDDEN', (table: string, hidden: number, rows: number) => ({
  message: `Row-level security hides ${hidden === rows ? 'all' : hidden} of ${rows} new rows of ${table} from the role that writes them.`,
  why: 'What a role does not see it can neither count, nor point to, nor tell from rows of somebody else. The table is as it was before.',
  fix: 'Seed as a role with BYPASSRLS, or give the role a policy for SELECT and UPDATE that shows it all rows.',
  meta: { table, hidden, rows },
}))

/** A trigger or a function of the user's refused. */
export const triggerRaised = defineFailure(
  'SEED_TRIGGER_RAISED',
  ({ doing, message, sqlstate, aftermath }: Refusal, routine: string, triggers: readonly string[]) => ({
    message: `The function ${routine} raised an error while ${doing}.`,
    why: `${message} (SQLSTATE ${sqlstate}). ${triggers.length === 0 ? '' : `Triggers on INSERT: ${triggers.join(', ')}. `}${aftermath.left}.`,
    fix: 'Give rules in seed/generators.ts for the columns that it looks at, set the model to 0 rows in the environment, or seed as the role that the function lets through.',
    meta: { function: routine, triggers },
  }),
)

/** Rows came into a table after the run was planned. */
export const tableChanged = defineFailure('SEED_TABLE_CHANGED', (table: string) => ({
  message: `Somebody wrote rows into ${table} while the run went on.`,
  why: 'The rows of this run are numbered after those that were there when it began. The table was left alone.',
  fix: 'Run the same command again: it goes on, with numbers after the rows that are there now.',
  meta: { table },
}))

/** Tables that were filled are empty again, or hold the rows of another run, before the run was done. */
export const tablesEmptied = defineFailure('SEED_TABLES_EMPTIED', (tables: readonly string[]) => ({
  message: `Somebody emptied ${tables.join(', ')} while the run went on.`,
  why: 'A run with --truncate took away what this one had made there, and later rows would point to it. No more was written.',
  fix: 'Wait until the other run is done, and run the same command again.',
  meta: { tables },
}))

/** Who made the values that a constraint refuses, where that is known: rules and personas by their fields, or files. */
export interface RowAuthors {
  readonly rules: readonly string[]
  readonly personas: readonly string[]
  readonly isLoaded: boolean
}

/** A row that the database did not take. */
export const rowRefused = defineFailure(
  'SEED_ROW_REFUSED',
  (
    { doing, message, sqlstate, aftermath }: Refusal,
    { table, constraint, authors }: {
      readonly table: string
      readonly constraint: string | undefined
      readonly authors: RowAuthors
    },
  ) => ({
    message: `The database refused rows of ${table}${constraint === undefined ? '' : ` because of ${constraint}`}.`,
    why: `${message} (SQLSTATE ${sqlstate}), while ${doing}. ${aftermath.left}.`,
    fix: waysOut(authors, aftermath.again),
    meta: { table, ...(constraint === undefined ? {} : { constraint }), rules: authors.rules },
  }),
)

function waysOut({ rules, personas, isLoaded }: RowAuthors, again: string): string {
  if (isLoaded) return 'The rows are those of the files: write them anew for what this database holds, with --to, or load them into the database that they were written for.'
  const said = [
    ...(rules.length === 0 ? [] : [`the rule for ${rules.join(', ')} in seed/generators`]),
    ...(personas.length === 0 ? [] : [`the persona that gives ${personas.join(', ')} in seed/personas`]),
  ]
  if (said.length > 0) return `Look at ${said.join(' and at ')}: it must give values that the constraint takes, different ones where it is unique. Then ${again}.`
  return 'Give a rule for the columns in seed/generators.ts, or report it with the definition of the table: what the catalog says should be enough.'
}

/** Anything else that the server refuses. */
export const refused = defineFailure('SEED_REFUSED', ({ doing, message, sqlstate, aftermath }: Refusal) => ({
  message: `The server refused a statement while ${doing}.`,
  why: `${message} (SQLSTATE ${sqlstate}). ${aftermath.left}.`,
  fix: 'Act on what the server says, and run the same command again.',
}))
