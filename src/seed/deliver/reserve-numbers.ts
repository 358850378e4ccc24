import type { Connection } from '../../postgres/connect.ts'
import { quoteLiteral } from '../../postgres/quote.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { sequencesOf } from './set-sequences.ts'

/**
 * Moves sequences behind the numbers that the rows of a run will have, before the first of them: a trigger may write
 * rows of its own into a table that is filled later. Does nothing where there is no trigger.
 */
export async function reserveNumbers(
  connection: Connection,
  tables: readonly Pick<TablePlan, 'facts' | 'rows' | 'offset'>[],
): Promise<void> {
  if (tables.every(({ facts }) => facts.insertTriggers.length === 0)) return
  for (const { facts, rows, offset } of tables) {
    for (const { sequence } of sequencesOf(facts)) {
      const behind = `SELECT setval(${quoteLiteral(sequence)}::regclass, ${offset + rows})`
      await connection.query(`${behind} FROM ${sequence} WHERE last_value < ${offset + rows}`)
    }
  }
}
