import { setTimeout as pause } from 'node:timers/promises'
import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'

/** What users of the database saw meanwhile, in milliseconds. */
export interface Latencies {
  readonly queries: number
  readonly p50: number
  readonly p99: number
  readonly longest: number
}

const sessions = 4
const pauseMs = 8

/** Reads and writes single rows in four sessions, about a hundred times a second each, as long as the work lasts. */
export async function withLoad<Result>(
  database: DatabaseUrl,
  rows: number,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly latencies: Latencies }> {
  const measured: number[] = []
  let isOver = false
  const user = (): Promise<void> =>
    withConnection(database, async (connection) => {
      while (!isOver) {
        const id = 1 + Math.floor(Math.random() * rows)
        const startedAt = performance.now()
        await connection.query('SELECT * FROM account WHERE id = $1', [id])
        await connection.query('UPDATE account SET visits = visits + 1 WHERE id = $1', [id])
        measured.push(performance.now() - startedAt)
        await pause(pauseMs)
      }
    })
  const users = Array.from({ length: sessions }, user)
  try {
    const result = await work()
    return { result, latencies: summarize(measured) }
  } finally {
    isOver = true
    await Promise.all(users)
  }
}

function summarize(measured: readonly number[]): Latencies {
  const sorted = measured.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { queries: sorted.length, p50: at(0.5), p99: at(0.99), longest: sorted.at(-1) ?? 0 }
}
