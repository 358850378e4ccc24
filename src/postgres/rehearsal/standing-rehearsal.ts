import type { QueryResultRow } from 'pg'
import { isFailure } from '../../errors/failure.ts'
import { type Connection, connect } from '../connect.ts'
import { type DatabaseUrl, withDatabase } from '../database-url.ts'
import { databaseMissing } from '../errors.ts'
import { quoteIdentifier } from '../quote.ts'
import { sqlstate, sqlstateOf } from '../sqlstate.ts'
import type { MaintenanceSession } from './maintenance-session.ts'
import { markTemplateUsed } from './template-use.ts'

/**
 * A session in a database that stands where a template stands, and stays there: whoever works in it takes everything
 * back. It saves the clone, and its removal, wherever something can be tried within one transaction.
 */
export interface StandingRehearsal extends AsyncDisposable {
  readonly connection: Connection
  readonly url: DatabaseUrl
}

/** What is known of the template when a standing rehearsal is wanted. */
export interface StandingOptions {
  readonly server: DatabaseUrl
  readonly template: string
}

/**
 * Opens the standing rehearsal of a template, and makes it where it is not there yet.
 * @returns undefined where another process is at work in it
 */
export async function openStanding(
  session: MaintenanceSession,
  { server, template }: StandingOptions,
): Promise<StandingRehearsal | undefined> {
  const name = `${template}${standingSuffix}`
  const url = withDatabase(server, name)
  const connection = await connect(url).catch(async (error: unknown) => {
    if (!isFailure(error) || error.code !== databaseMissing.code) throw error
    await makeStanding(session, name, template)
    return connect(url)
  })
  const { rows } = await connection.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [lockKey])
  if (rows[0]?.mine !== true) {
    await connection.end()
    return undefined
  }
  for (const used of [template, name]) await markTemplateUsed(onConnection(connection), used)
  return { connection, url, [Symbol.asyncDispose]: () => connection.end() }
}

function onConnection(connection: Connection): Pick<MaintenanceSession, 'query'> {
  return {
    query: async <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      (await connection.query<Row>(sql, [...values])).rows,
  }
}

/** Another process may be making it at the same moment; then that one serves. */
async function makeStanding(session: MaintenanceSession, name: string, template: string): Promise<void> {
  const { copyOption } = await session.facts()
  const quoted = quoteIdentifier(name)
  try {
    await session.query(`CREATE DATABASE ${quoted} TEMPLATE ${quoteIdentifier(template)}${copyOption}`)
  } catch (error) {
    if (sqlstateOf(error) !== sqlstate.duplicateDatabase) throw error
  }
}

/** Behind the template's name, so that it is counted, and dropped, as one of the templates of its project. */
const standingSuffix = '_now'

/** Only has to differ from other advisory locks in that database, of which there are none. */
const lockKey = 1
