import { type DataState, isOwed, readDataStates } from './data-state.ts'
import { readQuarantined } from './store/quarantine.ts'
import { readLedger } from '../history/ledger.ts'
import type { Migration } from '../history/read-history.ts'
import { type Connection, withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'

/** One data step, as `tide data status` tells of it. */
export interface DataStepStatus {
  readonly migration: string
  readonly state: DataState['state']
  readonly direction: 'up' | 'down'
  readonly description: string | null
  /** Rows gone through. */
  readonly done: number
  /** Rows to go through, as counted or estimated when it began; null before. */
  readonly total: number | null
  /** Rows changed. */
  readonly changed: number
  /** Rows a second, of those who worked on it in the last seconds. */
  readonly rate: number
  readonly secondsLeft: number | null
  /** The key reached in the slice worked on last, by column. */
  readonly cursor: Readonly<Record<string, string>> | null
  readonly batches: number
  /** The longest transaction of a batch. */
  readonly longestMs: number
  /** Slices that somebody worked on in the last seconds. */
  readonly workers: number
  /** Rows that could not be changed. */
  readonly quarantined: readonly { readonly key: Readonly<Record<string, string>>; readonly reason: string }[]
  /** Why it is paused, cancelled or failed, or what holds it. */
  readonly reason: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
}

/** The document of `tide data status`. */
export interface DataStatus {
  /** Where the database is, without a password. */
  readonly database: string
  /** Those of applied migrations, in the order of the history. */
  readonly steps: readonly DataStepStatus[]
  /** How many of them are not done. */
  readonly owed: number
}

/** How far the data steps of the applied migrations have come. Reads only, and waits for nobody. */
export async function readDataStatus(database: DatabaseUrl, history: readonly Migration[]): Promise<DataStatus> {
  return withConnection(database, async (connection) => {
    const ledger = await readLedger(connection, database.schema)
    const states = await readDataStates(connection, database.schema, history, ledger)
    const steps: DataStepStatus[] = []
    for (const state of states) steps.push(await describe(connection, database.schema, state))
    return { database: database.toString(), steps, owed: steps.filter(isOwed).length }
  })
}

async function describe(connection: Connection, schema: string, state: DataState): Promise<DataStepStatus> {
  const { migration, direction, record } = state
  const columns = record?.keyColumns ?? []
  const named = (key: readonly string[]): Readonly<Record<string, string>> =>
    Object.fromEntries(columns.map((column, index) => [column, key[index] ?? '']))
  const quarantined = (record?.quarantined ?? 0) > 0 ? await readQuarantined(connection, { schema, migration }) : []
  const done = record?.visited ?? 0
  const total = record === undefined ? null : Math.max(record.total, done)
  const rate = record?.state === 'running' ? Math.round(record.rate) : 0
  return {
    migration,
    state: state.state,
    direction,
    description: record?.description ?? null,
    done,
    total,
    changed: record?.changed ?? 0,
    rate,
    secondsLeft: rate > 0 && total !== null ? Math.ceil((total - done) / rate) : null,
    cursor: record?.cursor === null || record === undefined ? null : named(record.cursor),
    batches: record?.batches ?? 0,
    longestMs: Math.round(record?.longestMs ?? 0),
    workers: record?.workers ?? 0,
    quarantined: quarantined.map(({ key, reason }) => ({ key: named(key), reason })),
    reason: record?.reason ?? null,
    startedAt: record?.startedAt ?? null,
    endedAt: record?.endedAt ?? null,
  }
}
