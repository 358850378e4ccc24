import type { Connection } from '../postgres/connect.ts'

/**
 * The beginning of the day in UTC by the server's own clock, in milliseconds since 1970: what CHECK constraints call
 * `now()`, as exactly as their bounds need it. Rows of one day are then the same rows.
 */
export async function readServerDay(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ day: number }>(
    `SELECT extract(epoch FROM date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')::float8 AS day`,
  )
  return (rows[0]?.day ?? 0) * 1000
}
