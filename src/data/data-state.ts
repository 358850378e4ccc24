import { readSteps, type StepRecord } from './store/step-record.ts'
import type { LedgerRow } from '../history/ledger.ts'
import type { Migration } from '../history/read-history.ts'
import type { Connection } from '../postgres/connect.ts'

/** How far the data step of an applied migration has come in one database. */
export interface DataState {
  readonly migration: string
  /** Of the migration's row in the ledger. */
  readonly ledgerId: string
  /**
   * - `owed`: its migration is applied, and it has not begun
   * - `running`, `paused`, `cancelled`, `failed`, `done`: as `tide data status` tells
   * - `undone`: taken back, while its migration still stands; the next `tide up` does it again
   * - `skipped`: somebody has said that this database needs nothing of it
   */
  readonly state: 'owed' | 'running' | 'paused' | 'cancelled' | 'failed' | 'done' | 'undone' | 'skipped'
  readonly direction: 'up' | 'down'
  /** What was recorded, where it has begun. */
  readonly record?: StepRecord
}

/**
 * The data steps of those migrations that the ledger has as applied, in the order of the history. A migration that was
 * rolled back and applied anew owes its step again, whoever applied it.
 */
export async function readDataStates(
  connection: Connection,
  schema: string,
  history: readonly Migration[],
  ledger: readonly LedgerRow[],
): Promise<readonly DataState[]> {
  if (!history.some(({ hasData }) => hasData)) return []
  const records = new Map((await readSteps(connection, schema)).map((record) => [record.migration, record]))
  return history.flatMap(({ name, hasData }) => {
    const row = hasData ? ledger.findLast((one) => one.name === name && isApplied(one)) : undefined
    return row === undefined ? [] : [stateOf(name, row.id, records.get(name))]
  })
}

/** True for a step that `tide up` has to run before a later migration. */
export function isOwed({ state }: Pick<DataState, 'state'>): boolean {
  return state !== 'done' && state !== 'skipped'
}

/** True for one that has changed rows, which `tide down` takes back. */
export function hasChanged({ state, record }: DataState): boolean {
  if (state === 'skipped') return (record?.visited ?? 0) > 0
  return state !== 'owed' && state !== 'undone'
}

function isApplied(row: LedgerRow): boolean {
  return row.finishedAt !== undefined && row.rolledBackAt === undefined
}

function stateOf(migration: string, ledgerId: string, record: StepRecord | undefined): DataState {
  if (record?.ledgerId !== ledgerId) return { migration, ledgerId, state: 'owed', direction: 'up' }
  const { direction } = record
  const over = record.pass === 0 ? 'skipped' : direction === 'down' ? 'undone' : 'done'
  const state = record.state === 'done' ? over : record.state
  return { migration, ledgerId, state, direction, record }
}
