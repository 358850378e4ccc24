import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { isFailure } from '../errors/failure.ts'
import { type Connection, withConnection } from '../postgres/connect.ts'
import { rehearsalTemplateMissing } from '../postgres/rehearsal/errors.ts'
import type { Rehearsal, Rehearsals } from '../postgres/rehearsal/rehearsals.ts'
import { runScript } from '../postgres/statements/run-script.ts'
import { explainBrokenHistory } from './explain-broken-history.ts'
import type { Migration } from './read-history.ts'

/** Rehearsals, with what decides besides the history what one of them holds. */
export type SaltedRehearsals = Rehearsals & { readonly salt?: string }

/** How much of a history is replayed. */
export interface ReplayOptions {
  /** How many migrations, from the first; all of them where nothing is said. */
  readonly count?: number
  readonly report?: (event: {
    readonly stage: string
    readonly done?: number
    readonly total?: number
    readonly detail?: string
  }) => void
}

/**
 * One key for each prefix of the history, the first migration's first: the hash of everything that decides what a
 * database holds at its end. The names of the migrations do not.
 */
export function prefixKeys(rehearsals: SaltedRehearsals, history: readonly Migration[]): readonly string[] {
  let key = rehearsals.salt ?? ''
  return history.map((migration) => (key = hash(`${key} ${migration.checksum}`)))
}

/**
 * A fresh rehearsal that stands where the history, or its first `count` migrations, ends. It is cloned from the longest
 * prefix that is kept as a template; what is missing is run, and the end is kept. Where nothing is missing, it is one
 * clone.
 * @throws HISTORY_BROKEN, REHEARSAL_EXTENSION_MISSING naming the migration that does not run, REHEARSAL_*
 */
export async function rehearseHistory(
  rehearsals: SaltedRehearsals,
  history: readonly Migration[],
  options: ReplayOptions = {},
): Promise<Rehearsal> {
  const wanted = history.slice(0, options.count)
  const keys = prefixKeys(rehearsals, wanted)
  try {
    return await cloneEnd(rehearsals, wanted, keys, options)
  } catch (error) {
    // Another command made room between the look and the clone.
    if (!isFailure(error) || error.code !== rehearsalTemplateMissing.code) throw error
    return cloneEnd(rehearsals, wanted, keys, options)
  }
}

async function cloneEnd(
  rehearsals: Rehearsals,
  wanted: readonly Migration[],
  keys: readonly string[],
  options: ReplayOptions,
): Promise<Rehearsal> {
  const end = keys.at(-1)
  if (end === undefined) return rehearsals.clone(undefined)
  const found = await rehearsals.find([...keys].reverse())
  if (found !== end) {
    const rehearsal = await rehearsals.clone(found)
    await replayInto(rehearsal, wanted, found === undefined ? 0 : keys.indexOf(found) + 1, options)
    await rehearsals.keep(rehearsal, end)
  }
  return rehearsals.clone(end)
}

/** Runs the migrations from a position on. A rehearsal in which one fails is of no use to anybody. */
async function replayInto(
  rehearsal: Rehearsal,
  migrations: readonly Migration[],
  start: number,
  { report }: ReplayOptions,
): Promise<void> {
  const stage = 'replaying the history'
  try {
    await withConnection(rehearsal.url, async (connection) => {
      for (const [index, migration] of migrations.entries()) {
        if (index < start) continue
        report?.({ stage, done: index, total: migrations.length, detail: migration.name })
        await runMigration(connection, migration)
      }
    })
  } catch (error) {
    await rehearsal.drop()
    throw error
  }
  report?.({ stage, done: migrations.length, total: migrations.length })
}

/**
 * Applies one migration to a rehearsal, and leaves the session as another would find it.
 * @throws HISTORY_BROKEN, REHEARSAL_EXTENSION_MISSING
 */
export async function runMigration(connection: Connection, migration: Migration): Promise<void> {
  try {
    await runScript(connection, migration.sql, join(migration.directory, 'migration.sql'))
  } catch (error) {
    throw explainBrokenHistory(migration, error)
  }
  if (mayLeaveSession(migration.sql)) await connection.query('DISCARD ALL')
}

/**
 * True where something may stay in a session after a script: settings (`pg_dump` empties the search path), temporary
 * tables, prepared statements. Another migration must not see it, as it would not on a server where it is applied weeks
 * later.
 */
export function mayLeaveSession(sql: string): boolean {
  return leavings.test(sql)
}

const leavings = /^\s*(set|prepare|listen|declare|load)\s|set_config|\btemp(orary)?\b/im

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
