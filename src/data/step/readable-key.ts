import { keyTooFine } from '../errors.ts'
import type { Connection } from '../../postgres/connect.ts'
import type { StepTarget } from './read-target.ts'

/**
 * Refuses a key of times that are finer than the milliseconds of JavaScript: by what a function is given of such a row,
 * it would not find it again.
 * @throws DATA_KEY_TOO_FINE
 */
export async function requireReadableKey(
  connection: Connection,
  migration: string,
  { sql, table, key }: StepTarget,
): Promise<void> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
      WHERE attrelid = $1::regclass AND attname = ANY ($2::text[]) AND (atttypmod < 0 OR atttypmod > 3)
        AND atttypid IN ('timestamp'::regtype, 'timestamptz'::regtype, 'time'::regtype, 'timetz'::regtype)`,
    [sql, key.map(({ name }) => name)],
  )
  if (rows.length > 0) throw keyTooFine(migration, table, rows.map(({ name }) => name))
}
