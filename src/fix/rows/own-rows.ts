import type { Connection } from '../../postgres/connect.ts'

/** The transaction numbers that rows of the working transaction can carry, savepoints in it among them. */
export interface OwnNumbers {
  /** Its own: `xid8` as text. */
  readonly first: string
  /** One that was given out after all of its savepoints. */
  readonly end: string
}

/** The numbers of a transaction that has changed something. */
export async function readOwnNumbers(work: Connection, watch: Connection): Promise<OwnNumbers> {
  const ask = async (connection: Connection): Promise<string> => {
    const { rows } = await connection.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id')
    return rows[0]?.id ?? '0'
  }
  const first = await ask(work)
  return { first, end: await ask(watch) }
}

/**
 * A condition: the row was written by this transaction. Numbers of rows have 32 bits and are set out from the
 * transaction's own; whether one belongs to it only PostgreSQL knows: of all rows that a session sees, only those that
 * it wrote itself are still in progress.
 */
export function isOwnRow(alias: string, { first, end }: OwnNumbers): string {
  const distance = `((${alias}.xmin::text::int8 - ${first}::int8 % 4294967296 + 4294967296) % 4294967296)`
  return `CASE WHEN ${distance} < ${end}::int8 - ${first}::int8
    THEN pg_xact_status((${first}::int8 + ${distance})::text::xid8) = 'in progress' ELSE false END`
}
