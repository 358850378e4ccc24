import type { Connection } from '../postgres/connect.ts'
import type { Dependent } from '../postgres/dependents/dependents.ts'
import { readServerError } from '../postgres/server-error.ts'

/** Something written by hand that does not fit the new type of a column it uses, and what PostgreSQL says of it. */
export interface UnfitObject {
  readonly object: Dependent
  readonly reason: string
}

/**
 * The index or constraint without which statements would run that do not; undefined where they run, or where none of
 * these is to blame. Tried in transactions that are rolled back.
 * @param conditions what is kept where a column's type changes, if it still makes sense
 */
export async function findUnfitCondition(
  connection: Connection,
  statements: readonly string[],
  conditions: readonly Dependent[],
): Promise<UnfitObject | undefined> {
  const reason = conditions.length === 0 ? undefined : await attempt(connection, statements)
  if (reason === undefined) return undefined
  const drops = conditions.map(({ drop }) => drop)
  if ((await attempt(connection, [...drops, ...statements])) !== undefined) return undefined
  // Each is tried with all the others out of the way, so that one of several is found too.
  for (const object of conditions) {
    const others = drops.filter((drop) => drop !== object.drop)
    const own = await attempt(connection, [...others, ...statements])
    if (own !== undefined) return { object, reason: own }
  }
  return undefined
}

/**
 * The first object that cannot be created again after these statements, or undefined.
 * @param objects in the order in which they are created
 */
export async function findUnfitObject(
  connection: Connection,
  statements: readonly string[],
  objects: readonly Dependent[],
): Promise<UnfitObject | undefined> {
  const creates = objects.flatMap(({ create }) => create)
  if (creates.length === 0 || (await attempt(connection, [...statements, ...creates])) === undefined) return undefined
  if ((await attempt(connection, statements)) !== undefined) return undefined
  for (const [at, object] of objects.entries()) {
    const upToIt = objects.slice(0, at + 1).flatMap(({ create }) => create)
    const reason = await attempt(connection, [...statements, ...upToIt])
    if (reason !== undefined) return { object, reason }
  }
  return undefined
}

/** What PostgreSQL says against the statements, without row values; undefined where they run. Nothing of them stays. */
async function attempt(connection: Connection, statements: readonly string[]): Promise<string | undefined> {
  try {
    await connection.query(['BEGIN', ...statements].join(';\n'))
    return undefined
  } catch (error) {
    const { sqlstate, message } = readServerError(error)
    const isOfRows = sqlstate.startsWith('22')
    return isOfRows ? `A value of a row does not fit (SQLSTATE ${sqlstate}).` : `PostgreSQL says: ${message}.`
  } finally {
    await connection.query('ROLLBACK')
  }
}
