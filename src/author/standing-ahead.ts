import { type Identity, readIdentities } from '../postgres/catalog/identities.ts'
import { readCatalog } from '../postgres/catalog/read-catalog.ts'
import type { StandingRehearsal } from '../postgres/rehearsal/standing-rehearsal.ts'
import type { StandingPlace } from './rollback/rollback.ts'

/** A standing rehearsal that is opened while other work goes on. */
export interface StandingAhead extends AsyncDisposable {
  /** In an open transaction. Undefined where there is none to be had: then a fresh rehearsal does. */
  take(): Promise<StandingPlace | undefined>
}

/**
 * Begins to open it, and asks what will be asked anyhow: PostgreSQL answers on another processor while the difference
 * is computed here, and the first look at a catalog, which takes as long as two later ones, has been taken.
 * @param open undefined where a rehearsal is not cheap yet, since its history must be replayed first
 */
export function openStandingAhead(open: (() => Promise<StandingRehearsal | undefined>) | undefined): StandingAhead {
  let opened: StandingRehearsal | undefined
  const prepare = async (): Promise<StandingPlace | undefined> => {
    opened = await open?.()
    if (opened === undefined) return undefined
    const { connection, url } = opened
    await connection.query('BEGIN')
    const identities: readonly Identity[] = await readIdentities(connection)
    const catalog = await readCatalog(connection, { again: true })
    return { connection, url, identities, catalog }
  }
  // What cannot be opened here says why when a fresh rehearsal is made.
  const place = prepare().catch(() => undefined)
  return {
    take: () => place,
    [Symbol.asyncDispose]: async () => {
      await place
      await opened?.[Symbol.asyncDispose]()
    },
  }
}
