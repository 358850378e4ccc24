import type { Connection } from '../../postgres/connect.ts'
import { sqlstateOf } from '../../postgres/sqlstate.ts'
import type { TableGroup, TablePlan } from '../plan/seed-plan.ts'
import type { RowMakers } from '../rows/row-makers.ts'
import { copyTable } from './copy-table.ts'
import { explainRefusal } from './explain-refusal.ts'
import { insertTable } from './insert-table.ts'
import { patchTable } from './patch-table.ts'
import type { Progress } from './progress.ts'
import { type RowChunk, rowChunks } from './row-chunks.ts'
import { recordTable } from './run-ledger.ts'
import { setSequences } from './set-sequences.ts'

/** What filling takes. */
export interface FillContext {
  readonly connection: Connection
  readonly run: string
  readonly makers: RowMakers
  /** Rows of a table as texts, from threads where there are some. */
  readonly chunks?: (table: TablePlan) => AsyncIterable<RowChunk>
  readonly progress: Progress
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
}

/** What was told of a table on the way. */
export interface FilledTable {
  readonly table: TablePlan
  readonly ms: number
  readonly notes: readonly string[]
}

/** Fills the tables of a group in one transaction, and records them in it: all of it or nothing. */
export async function fillGroup(
  group: TableGroup,
  tables: readonly TablePlan[],
  context: FillContext,
): Promise<readonly FilledTable[]> {
  const { connection, makers, run } = context
  const filled: FilledTable[] = []
  let current = tables[0]?.key ?? ''
  try {
    await connection.query('BEGIN')
    if (group.isDeferred) await connection.query('SET CONSTRAINTS ALL DEFERRED')
    for (const table of tables) {
      current = table.key
      const start = context.clock()
      const notes = await fillTable(table, context)
      filled.push({ table, ms: Math.round(context.clock() - start), notes })
    }
    for (const table of tables) {
      current = table.key
      await patchTable(connection, table, makers.table(table.key))
      await setSequences(connection, table)
      await recordTable(connection, run, table.key, { rows: table.rows, offset: table.offset })
    }
    await connection.query('COMMIT')
    return filled
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined)
    throw explainRefusal(current, error)
  }
}

async function fillTable(table: TablePlan, context: FillContext): Promise<readonly string[]> {
  const { connection, makers, progress } = context
  const maker = makers.table(table.key)
  const notes = notesOf(table)
  if (table.facts.rowSecurity || table.checks.asked.length > 0) {
    await insertTable(connection, table, maker, progress)
    return notes
  }
  await connection.query('SAVEPOINT tide_copy')
  try {
    await copyTable(connection, table, maker.columns, context.chunks?.(table) ?? rowChunks(maker), progress)
    return notes
  } catch (error) {
    // What COPY cannot do at all, INSERT may.
    if (sqlstateOf(error) !== '0A000') throw error
    await connection.query('ROLLBACK TO SAVEPOINT tide_copy')
    await insertTable(connection, table, maker, progress)
    return [...notes, 'COPY is not allowed here: rows were inserted']
  }
}

function notesOf({ facts, checks }: TablePlan): readonly string[] {
  return [
    ...facts.insertTriggers.map(
      (trigger) => `trigger ${trigger.name} ran for each row or statement (${trigger.function})`,
    ),
    ...(facts.rowSecurity ? ['row-level security acts on this role: rows were inserted, not copied'] : []),
    ...checks.asked.map(({ name, reason }) => `${name} was tried in the database: ${reason}`),
  ]
}
