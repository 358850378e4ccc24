import type { Connection } from '../../postgres/connect.ts'
import type { Hazard } from './hazard.ts'
import { countSql, plantRefused, plantSql } from './sql.ts'

/**
 * Whether rows of a hazard are there: `none` where constraints kept every one of them out, `untried` where it cannot be
 * asked, or where it is not known how such a row is made.
 */
export type Presence = 'there' | 'none' | 'untried'

/** Makes rows of each hazard where there are none yet, within the caller's transaction. */
export async function plantHazards(
  connection: Connection,
  hazards: readonly Hazard[],
): Promise<ReadonlyMap<Hazard, Presence>> {
  const found = new Map<Hazard, Presence>()
  for (const [place, hazard] of hazards.entries()) {
    found.set(hazard, await plantOne(connection, hazard, place))
  }
  return found
}

async function plantOne(connection: Connection, hazard: Hazard, place: number): Promise<Presence> {
  const count = await countRows(connection, hazard)
  if (count === undefined) return 'untried'
  if (count > 0) return 'there'
  let isRefused = false
  const { attempts, pairs = [] } = hazard
  for (const [at, assignment] of [...attempts, ...pairs].entries()) {
    await connection.query(plantSql(hazard, assignment, place, at >= attempts.length))
    if (((await countRows(connection, hazard)) ?? 0) > 0) return 'there'
    const { rows } = await connection.query<{ isRefused: boolean | null }>(plantRefused)
    isRefused ||= rows[0]?.isRefused === true
  }
  return isRefused ? 'none' : 'untried'
}

/** Undefined where the question cannot be asked before the migration, as one that names what the migration makes. */
export async function countRows(connection: Connection, hazard: Hazard): Promise<number | undefined> {
  await connection.query('SAVEPOINT tide_count')
  try {
    const { rows } = await connection.query<{ count: number }>(countSql(hazard))
    await connection.query('RELEASE SAVEPOINT tide_count')
    return rows[0]?.count ?? 0
  } catch {
    await connection.query('ROLLBACK TO SAVEPOINT tide_count; RELEASE SAVEPOINT tide_count')
    return undefined
  }
}
