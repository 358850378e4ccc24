import { type StatementProblem, statementFailed } from './errors.ts'
import { placeInStatement } from './source-place.ts'
import type { Statement } from './statement.ts'
import { adviceFor } from './statement-advice.ts'
import { characterOffset } from './text-offsets.ts'
import { type Failure, withCause } from '../../errors/failure.ts'
import { connectionLost } from '../errors.ts'
import { readServerError, type ServerError } from '../server-error.ts'
import { isConnectionLoss } from '../sqlstate.ts'

/**
 * A server's error as the failure of a statement: file, line, column and a caret, the server's message, its hint.
 * The server's detail and context are left out and quoted values in its message are hidden, since they are row values.
 * @param offset where in the statement's text the error stands, where known
 */
export function explainStatementError(error: unknown, statement: Statement, offset = 0): Failure {
  if (isConnectionLoss(error)) return withCause(connectionLost(error instanceof Error ? error.message : ''), error)
  const server = readServerError(error)
  const problem: StatementProblem = {
    message: hideValues(server, statement.text),
    sqlstate: server.sqlstate,
    ...(server.hint === undefined ? {} : { hint: server.hint }),
    ...adviceFor(server, statement),
    names: namesOf(server),
  }
  return withCause(statementFailed(problem, placeInStatement(statement, offset)), error)
}

/** The offset in a sent text of the error's position, or undefined where the server gave none. */
export function errorOffset(error: unknown, sent: string): number | undefined {
  const { position } = readServerError(error)
  return position === undefined ? undefined : characterOffset(sent, position)
}

/** Data exceptions (class 22) quote the value; one that stands in the statement itself is no row's. */
function hideValues({ message, sqlstate }: ServerError, statement: string): string {
  if (!sqlstate.startsWith('22')) return message
  const hide = (value: string): string => (statement.includes(value) ? value : '…')
  return message
    .replace(/: "([\s\S]*)"$/, (_, value: string) => `: "${hide(value)}"`)
    .replace(/^([^"]*)"([^"]*)"/, (_, head: string, value: string) => `${head}"${hide(value)}"`)
}

function namesOf({ schema, table, column, constraint, keyColumns }: ServerError): Readonly<Record<string, string>> {
  const entries = Object.entries({ schema, table, column, constraint, keyColumns })
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
