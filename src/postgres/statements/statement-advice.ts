import type { Statement } from './statement.ts'
import { quoteIdentifier } from '../quote.ts'
import { type ServerError, tableOf } from '../server-error.ts'
import { sqlstate } from '../sqlstate.ts'

/** What Tide adds to an error: the reason behind it and the way out. */
export interface Advice {
  readonly why?: string
  readonly fix?: string
}

/** Advice for the errors that migrations usually meet; `{}` for the rest. */
export function adviceFor(error: ServerError, statement: Statement): Advice {
  return advice[error.sqlstate]?.(error, statement) ?? {}
}

const advice: Readonly<Record<string, (error: ServerError, statement: Statement) => Advice>> = {
  [sqlstate.uniqueViolation]: (error) => ({
    why: `Rows have the same ${error.keyColumns ?? 'key'}. Their values are not shown here.`,
    fix: withQuery('Find the rows and repair them, then run the command again:', duplicates(error)),
  }),
  [sqlstate.notNullViolation]: (error) => ({
    ...(error.column === undefined ? {} : { why: `Rows have no value in the column "${error.column}".` }),
    fix: withQuery('Fill the column first. The rows:', nulls(error)),
  }),
  [sqlstate.foreignKeyViolation]: ({ constraint, keyColumns }) => ({
    why: `Rows point with ${keyColumns ?? 'their key'} to rows that do not exist${named(constraint)}.`,
    fix: 'Delete these rows, point them somewhere else, or set the column to NULL first; then run the command again.',
  }),
  [sqlstate.checkViolation]: ({ constraint }) => ({
    why: `Rows do not meet the condition${named(constraint)}.`,
    fix: 'Repair the rows first, or add the constraint with NOT VALID and validate it later.',
  }),
  [sqlstate.unsafeNewEnumValue]: () => ({
    why: 'PostgreSQL lets a new enum value be used only after the transaction that added it.',
    fix: 'Add the value in one migration and use it in the next.',
  }),
  [sqlstate.invalidTransactionTermination]: (_, { kind }) => ({
    why: 'It commits or rolls back itself, which is impossible inside the transaction of a commit group.',
    fix:
      kind === 'CallStmt'
        ? 'Write it as DO $$ BEGIN CALL …; COMMIT; END $$: a DO block that commits is run outside a transaction.'
        : 'Put the COMMIT into the DO block itself: a DO block that commits is run outside a transaction.',
  }),
  [sqlstate.objectInUse]: () => ({
    why: 'Rows of the table were changed in the same transaction and their triggers have not run yet.',
    fix: 'Write COMMIT; between the change of the rows and this statement: the file is committed there.',
  }),
  [sqlstate.insufficientPrivilege]: () => ({
    fix: 'Grant the privilege to the user of the database URL, or use a URL whose user has it.',
  }),
  [sqlstate.undefinedFile]: () => ({
    fix: 'Install the extension on this server, or set `rehearsal.url` in tide.config.ts to a server that has it.',
  }),
  [sqlstate.featureNotSupported]: ({ hint }) =>
    hint?.includes('extension') === true
      ? { fix: 'Install the extension on this server, or set `rehearsal.url` in tide.config.ts to a server that has it.' }
      : {},
  [sqlstate.archiveMissing]: hintOf,
  [sqlstate.archiveRefused]: hintOf,
  [sqlstate.diskFull]: () => ({ fix: 'Make room on the disk of the PostgreSQL server and run the command again.' }),
}

/** The script says itself what the way out is. */
function hintOf({ hint }: ServerError): Advice {
  return hint === undefined ? {} : { fix: hint }
}

function named(constraint: string | undefined): string {
  return constraint === undefined ? '' : ` (constraint "${constraint}")`
}

function withQuery(text: string, query: string | undefined): string {
  return query === undefined ? text.replace(/[.:][^.:]*:$/, '.') : `${text}\n${query}`
}

/** `keyColumns` is the server's own SQL: names that need quotes have them. */
function duplicates(error: ServerError): string | undefined {
  const table = tableOf(error)
  const key = error.keyColumns
  if (table === undefined || key === undefined) return undefined
  return `SELECT ${key}, count(*) FROM ${table} GROUP BY ${key} HAVING count(*) > 1;`
}

function nulls(error: ServerError): string | undefined {
  const table = tableOf(error)
  if (table === undefined || error.column === undefined) return undefined
  return `SELECT * FROM ${table} WHERE ${quoteIdentifier(error.column)} IS NULL;`
}
