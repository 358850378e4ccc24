import type { Connection } from '../../postgres/connect.ts'
import { quoteLiteral } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { sequencesOf } from '../deliver/set-sequences.ts'

/** Where a sequence stands. */
export interface SequenceState {
  /** As SQL. */
  readonly sequence: string
  readonly last: string
  readonly isCalled: boolean
}

/** Where the sequences of tables stand, of those that the role may move. */
export async function readSequences(
  connection: Connection,
  tables: readonly TableFacts[],
): Promise<readonly SequenceState[]> {
  const states: SequenceState[] = []
  for (const { sequence } of tables.flatMap(sequencesOf)) {
    const name = quoteLiteral(sequence)
    const { rows } = await connection.query<{ may: boolean }>(
      `SELECT has_sequence_privilege(${name}, 'SELECT') AND has_sequence_privilege(${name}, 'UPDATE') AS may`,
    )
    if (rows[0]?.may !== true) continue
    const { rows: found } = await connection.query<Omit<SequenceState, 'sequence'>>(
      `SELECT last_value::text AS last, is_called AS "isCalled" FROM ${sequence}`,
    )
    states.push(...found.map((state) => ({ sequence, ...state })))
  }
  return states
}

/**
 * Puts sequences back: a transaction that is rolled back keeps the numbers that it took. One that somebody else moved
 * meanwhile stays where it is.
 */
export async function restoreSequences(
  connection: Connection,
  before: readonly SequenceState[],
  after: readonly SequenceState[],
): Promise<void> {
  for (const { sequence, last, isCalled } of before) {
    const left = after.find((one) => one.sequence === sequence)
    if (left === undefined || (left.last === last && left.isCalled === isCalled)) continue
    await connection.query(
      `SELECT setval(${quoteLiteral(sequence)}, ${last}, ${isCalled}) FROM ${sequence} WHERE last_value = ${left.last}`,
    )
  }
}
