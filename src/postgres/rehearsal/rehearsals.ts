import { setTimeout as pause } from 'node:timers/promises'
import { type DatabaseUrl, withDatabase } from '../database-url.ts'
import { quoteIdentifier } from '../quote.ts'
import { sqlstate, sqlstateOf } from '../sqlstate.ts'
import { createMaintenanceSession, type MaintenanceSession } from './maintenance-session.ts'
import { copyDatabase } from './copy-database.ts'
import { countSessions } from './count-sessions.ts'
import { dropSubscriptions } from './drop-subscriptions.ts'
import { explainRefusal } from './explain-refusal.ts'
import { newRehearsalName, templateName, templatePrefix } from './rehearsal-names.ts'
import { replaceDatabase } from './replace-database.ts'
import { sweepRehearsals } from './sweep-rehearsals.ts'
import { openStanding, type StandingRehearsal } from './standing-rehearsal.ts'
import { dropSurplusTemplates, markTemplateUsed } from './template-use.ts'

/** A throw-away database. Whoever asked for it drops it, or keeps it as a template. */
export interface Rehearsal extends AsyncDisposable {
  readonly url: DatabaseUrl
  /** The database's name. */
  readonly name: string
  /** Ends its sessions and drops it. Does nothing where that was done before, or where it became a template. */
  drop(): Promise<void>
}

/** Makes rehearsals on one server for one project. Any number of processes may do so at once. */
export interface Rehearsals extends AsyncDisposable {
  /**
   * A new rehearsal: a copy of the template with this key, or an empty database.
   * @throws REHEARSAL_NO_PERMISSION, REHEARSAL_DISK_FULL, REHEARSAL_TEMPLATE_MISSING, REHEARSAL_IN_USE,
   * REHEARSAL_REFUSED
   */
  clone(template: string | undefined): Promise<Rehearsal>
  /**
   * A copy of a rehearsal, in which nobody may have a session.
   * @throws as `clone`
   */
  copy(rehearsal: Rehearsal): Promise<Rehearsal>
  /**
   * Makes a rehearsal the template of a key, ending its sessions; afterwards it can no longer be used itself. Where
   * another process kept the same key first, that one stays. Beyond the limit, the least recently used one is dropped.
   */
  keep(rehearsal: Rehearsal, key: string): Promise<void>
  /**
   * A session in a database that stands where the template of this key stands, and stays there: whatever is done in it
   * must be rolled back. Undefined where another process is at work in it; the template must be there.
   */
  stand(key: string): Promise<StandingRehearsal | undefined>
  /** How many sessions a database has had since it was made; undefined while anybody is connected to it. */
  countSessions(database: string): Promise<number | undefined>
  /**
   * A copy of a database, as a rehearsal.
   * @param sessions how many the database has had: undefined is given where there was another one, or is
   */
  copyQuiet(database: string, sessions: number): Promise<Rehearsal | undefined>
  /**
   * Puts a rehearsal in the place of a database, in one step, and drops what was there.
   * @param sessions as above: where there was another one, nothing is done and false is given
   */
  replace(database: string, rehearsal: Rehearsal, sessions: number): Promise<boolean>
  has(key: string): Promise<boolean>
  /** PostgreSQL's major version there, as it writes it: `18`. */
  majorVersion(): Promise<string>
  /** The first of the keys that has a template. */
  find(keys: readonly string[]): Promise<string | undefined>
  /** Drops the templates of this project, and rehearsals left by processes that died. @returns how many databases */
  clear(): Promise<number>
}

/** Where rehearsals are made, and for which project. */
export interface RehearsalsOptions {
  /** A database of the server to connect to for creating others; itself it is not touched. */
  readonly server: DatabaseUrl
  /** A hash that tells this project from others on the same server. */
  readonly namespace: string
  /** How many templates are kept. 40 where nothing is said. */
  readonly limit?: number
}

/**
 * @example
 * await using rehearsals = createRehearsals({ server, namespace: 'a1b2c3d4' })
 * await using rehearsal = await rehearsals.clone(undefined)
 */
export function createRehearsals({ server, namespace, limit = 40 }: RehearsalsOptions): Rehearsals {
  const session = createMaintenanceSession(server)
  let sweeping: Promise<number> | undefined
  const sweepOnce = (): Promise<number> =>
    (sweeping ??= sweepRehearsals(session).catch((error: unknown) => {
      sweeping = undefined
      throw error
    }))

  const refuse = (error: unknown, database: string): unknown =>
    explainRefusal(error, { server: server.toString(), role: server.user, database })

  const find = async (keys: readonly string[]): Promise<string | undefined> => {
    const names = keys.map((key) => templateName(namespace, key))
    const rows = await session.query<{ name: string }>(findSql, [names])
    const found = new Set(rows.map((row) => row.name))
    return keys.find((_, index) => found.has(names[index] ?? ''))
  }

  const create = async (source: string | undefined): Promise<Rehearsal> => {
    const { now, copyOption } = await session.facts()
    await sweepOnce()
    const name = newRehearsalName(namespace, now)
    const from = source === undefined ? '' : ` TEMPLATE ${quoteIdentifier(source)}`
    try {
      await session.query(`CREATE DATABASE ${quoteIdentifier(name)}${from}${copyOption}`)
    } catch (error) {
      throw refuse(error, source ?? 'template1')
    }
    return describeRehearsal(session, server, name)
  }

  return {
    find,
    has: async (key) => (await find([key])) !== undefined,
    majorVersion: async () => String(Math.floor((await session.facts()).version / 10_000)),

    async clone(template) {
      const source = template === undefined ? undefined : templateName(namespace, template)
      const rehearsal = await create(source)
      if (source !== undefined) await markTemplateUsed(session, source)
      return rehearsal
    },

    async copy(rehearsal) {
      await closeSessions(session, rehearsal.name)
      try {
        return await create(rehearsal.name)
      } finally {
        await session.query(`ALTER DATABASE ${quoteIdentifier(rehearsal.name)} ALLOW_CONNECTIONS true`)
      }
    },

    countSessions: (database) => countSessions(session, database),

    async copyQuiet(database, sessions) {
      const { now } = await session.facts()
      await sweepOnce()
      const name = newRehearsalName(namespace, now)
      const isWhole = await copyDatabase(session, { database, name, sessions })
      return isWhole ? describeRehearsal(session, server, name) : undefined
    },

    async replace(database, rehearsal, sessions) {
      const { now } = await session.facts()
      const aside = newRehearsalName(namespace, now)
      await closeSessions(session, rehearsal.name)
      return replaceDatabase(session, { database, by: rehearsal.name, aside, sessions })
    },

    stand: (key) => openStanding(session, { server, template: templateName(namespace, key) }),

    async keep(rehearsal, key) {
      const name = templateName(namespace, key)
      if ((await find([key])) !== undefined) return rehearsal.drop()
      const [found] = await session.query<{ subscriptions: readonly string[] }>(dropSql, [rehearsal.name])
      await dropSubscriptions(rehearsal.url, found?.subscriptions ?? [])
      await closeSessions(session, rehearsal.name)
      try {
        await session.query(`ALTER DATABASE ${quoteIdentifier(rehearsal.name)} RENAME TO ${quoteIdentifier(name)}`)
      } catch (error) {
        if (sqlstateOf(error) === sqlstate.duplicateDatabase) return rehearsal.drop()
        throw refuse(error, rehearsal.name)
      }
      await markTemplateUsed(session, name)
      await dropSurplusTemplates(session, templatePrefix(namespace), limit)
    },

    async clear() {
      const templates = await dropSurplusTemplates(session, templatePrefix(namespace), 0)
      return templates + (await sweepRehearsals(session))
    },

    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/** A database whose DROP was interrupted has the connection limit -2 and is good for nothing but another DROP. */
const findSql = 'SELECT datname AS name FROM pg_database WHERE datname = ANY($1) AND datconnlimit <> -2'

/** Names as text: the driver reads no lists of names. */
const dropSql = `
  SELECT ARRAY(SELECT s.subname::text FROM pg_subscription s WHERE s.subdbid = d.oid) AS subscriptions
  FROM pg_database d WHERE d.datname = $1`

function describeRehearsal(session: MaintenanceSession, server: DatabaseUrl, name: string): Rehearsal {
  const url = withDatabase(server, name)
  const drop = async (): Promise<void> => {
    const [found] = await session.query<{ subscriptions: readonly string[] }>(dropSql, [name])
    if (found === undefined) return
    await dropSubscriptions(url, found.subscriptions)
    await closeSessions(session, name)
    await session.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)}`)
  }
  return { url, name, drop, [Symbol.asyncDispose]: drop }
}

/**
 * Lets nobody in and waits until everybody is out: RENAME and DROP look for sessions only every 100 ms, and a session
 * that was just closed lives on for about a millisecond.
 */
async function closeSessions(session: MaintenanceSession, database: string): Promise<void> {
  await session.query(`ALTER DATABASE ${quoteIdentifier(database)} ALLOW_CONNECTIONS false`)
  for (let round = 0; round < 1000; round++) {
    const ended = await session.query(closeSql, [database])
    if (ended.length === 0) return
    await pause(2)
  }
}

const closeSql = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = $1 AND backend_type = 'client backend'
    AND usename = current_user`
