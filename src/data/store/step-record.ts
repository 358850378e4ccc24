import type { Connection } from '../../postgres/connect.ts'
import { hasStore } from './create-store.ts'

/** Which data step of which ledger. */
export interface StepId {
  /** The schema of Prisma's ledger. */
  readonly schema: string
  readonly migration: string
}

/**
 * - `running`: begun, and whoever works on it may go on
 * - `paused`: whoever works on it waits
 * - `cancelled`: whoever works on it ends, and nobody begins again before `tide data resume`
 * - `failed`: it cannot be finished as it is; the next `tide up` tries again
 * - `done`: the whole is there, and `check` found nothing left
 */
export type StepState = 'running' | 'paused' | 'cancelled' | 'failed' | 'done'

/** What a database knows of a data step, with the sums of its slices. */
export interface StepRecord {
  readonly migration: string
  readonly ledgerId: string
  readonly direction: 'up' | 'down'
  readonly state: StepState
  readonly hash: string
  readonly description: string | null
  readonly table: string | null
  readonly keyColumns: readonly string[]
  readonly pass: number
  /** Rows that it goes through, as counted or estimated when it began. */
  readonly total: number
  /** Why it is paused, cancelled or failed. */
  readonly reason: string | null
  /** ISO 8601 in UTC. */
  readonly startedAt: string
  readonly endedAt: string | null
  readonly visited: number
  readonly changed: number
  readonly batches: number
  readonly longestMs: number
  /** Rows a second of the slices that were worked on in the last seconds. */
  readonly rate: number
  /** Slices somebody worked on in the last seconds, of this pass. */
  readonly workers: number
  readonly slices: number
  readonly slicesLeft: number
  /** The key reached in the slice worked on last. */
  readonly cursor: readonly string[] | null
  readonly quarantined: number
}

/** True where all rows were gone through; one that was skipped (no pass) has come as far as its slices say. */
export function isWhole({ state, pass }: Pick<StepRecord, 'state' | 'pass'>): boolean {
  return state === 'done' && pass > 0
}

/** Every data step that ever began in this ledger, by name. Takes no lock and waits for nobody. */
export async function readSteps(connection: Connection, schema: string): Promise<readonly StepRecord[]> {
  if (!(await hasStore(connection))) return []
  const { rows } = await connection.query<StepRecord>(recordsSql, [schema])
  return rows
}

/** One of them. */
export async function readStep(connection: Connection, id: StepId): Promise<StepRecord | undefined> {
  return (await readSteps(connection, id.schema)).find(({ migration }) => migration === id.migration)
}

const utc = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

const recordsSql = `
  SELECT t.migration, t.ledger_id AS "ledgerId", t.direction, t.state, t.hash, t.description, t.table_name AS table,
         t.key_columns AS "keyColumns", t.pass, t.total::float8 AS total, t.reason, ${utc('t.started_at')} AS "startedAt",
         ${utc('t.ended_at')} AS "endedAt", s.visited, s.changed, s.batches, s."longestMs", s.rate, s.workers, s.slices,
         s."slicesLeft", s.cursor, q.quarantined
    FROM tide.data_step t
    LEFT JOIN LATERAL (
      SELECT COALESCE(sum(visited), 0)::float8 AS visited, COALESCE(sum(changed), 0)::float8 AS changed,
             COALESCE(sum(batches), 0)::float8 AS batches, COALESCE(max(longest_ms), 0)::float8 AS "longestMs",
             COALESCE(sum(rate) FILTER (WHERE recent), 0)::float8 AS rate,
             (count(*) FILTER (WHERE recent))::int AS workers,
             (count(*) FILTER (WHERE pass = t.pass))::int AS slices,
             (count(*) FILTER (WHERE NOT done))::int AS "slicesLeft",
             (array_agg(array_to_json(cursor)::text ORDER BY worked_at DESC) FILTER (WHERE worked_at IS NOT NULL AND cursor IS NOT NULL))[1]::json AS cursor
        FROM (SELECT *, NOT done AND worked_at > clock_timestamp() - interval '10 s' AS recent FROM tide.data_slice
               WHERE ledger_schema = t.ledger_schema AND migration = t.migration) one
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS quarantined FROM tide.data_quarantine
       WHERE ledger_schema = t.ledger_schema AND migration = t.migration AND pass > 0
    ) q ON true
   WHERE t.ledger_schema = $1 ORDER BY t.migration`
