import { defineFailure, type FailurePlace } from '../../errors/failure.ts'

/** SQL that PostgreSQL's parser does not take. */
export const statementSyntax = defineFailure('STATEMENT_SYNTAX', (problem: string, where: FailurePlace) => ({
  message: `The SQL in ${shortName(where)} cannot be parsed: ${problem}.`,
  ...(problem.includes('\\') ? { why: "psql's own commands (lines that begin with a backslash) are no SQL." } : {}),
  fix: 'Correct the SQL at the marked place. Nothing was changed in the database.',
  where,
}))

/** A file that undoes what it did itself: whether it was applied could not be said. */
export const transactionControl = defineFailure(
  'STATEMENT_TRANSACTION_CONTROL',
  (statement: string, where: FailurePlace) => ({
    message: `${statement} cannot be used in a migration.`,
    why: 'A migration is applied as a whole or not at all; what it rolls back or leaves prepared could be neither.',
    fix: `Take ${statement} out of the file. BEGIN and COMMIT may stay: what a COMMIT ends is committed there.`,
    where,
  }),
)

/** What the server said of a statement, without row values. */
export interface StatementProblem {
  /** The server's message, without row values. */
  readonly message: string
  readonly sqlstate: string
  readonly hint?: string
  /** Reasons and advice of Tide's own for this kind of error. */
  readonly why?: string
  readonly fix?: string
  /** Names that the server gave: table, column, constraint. */
  readonly names: Readonly<Record<string, string>>
}

/** A statement that the server refused. */
export const statementFailed = defineFailure(
  'STATEMENT_FAILED',
  (problem: StatementProblem, where: FailurePlace) => ({
    message: `PostgreSQL refused a statement of ${shortName(where)}: ${problem.message} (SQLSTATE ${problem.sqlstate}).`,
    ...whyOf(problem),
    fix: problem.fix ?? 'Correct the statement at the marked place and run the command again.',
    where,
    meta: { sqlstate: problem.sqlstate, ...problem.names },
  }),
)

function whyOf({ why, hint, fix }: StatementProblem): { readonly why?: string } {
  const parts = [why, hint === undefined || hint === fix ? undefined : `PostgreSQL's hint: ${hint}`].filter((one) => one !== undefined)
  return parts.length === 0 ? {} : { why: parts.join('\n') }
}

/** Tide's own statements (ledger, journal, settings) were refused. */
export const bookkeepingFailed = defineFailure('STATEMENT_BOOKKEEPING', (reason: string) => ({
  message: 'PostgreSQL does not let Tide keep its ledger and its journal.',
  why: reason,
  fix:
    'Give the user of the database URL the right to create and write the table "_prisma_migrations" in the schema of ' +
    'the URL, and the schema "tide" (GRANT CREATE ON DATABASE …).',
}))

/** The file and its folder: the whole path stands below the message. */
function shortName({ file }: FailurePlace): string {
  return file === undefined ? 'the script' : file.split(/[\\/]/).slice(-2).join('/')
}
