import { randomInt } from 'node:crypto'
import { connect, type Connection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { runAndKill } from './torture.ts'

/** What a fix in batches, or its undo, has left after its processes were killed again and again. */
export interface FixTortureResult {
  readonly kills: number
  readonly rows: number
  /** Rows that were changed exactly once; of an undo, rows that are what they were. */
  readonly right: number
  /** What the record of the run says was gone through; of an undo 0. */
  readonly visited: number
  /** Rows that were kept as they were, of the batches that stand. */
  readonly kept: number
}

/** A table is gone through by a fix whose processes are killed at random moments, and then by its undo. */
export async function tortureFix(
  database: DatabaseUrl,
  kills: number,
  mostMs: number,
): Promise<Readonly<Record<'run' | 'undo', FixTortureResult>>> {
  const connection = await connect(database)
  try {
    const run = await torture(connection, database, 'run', { kills, mostMs })
    return { run, undo: await torture(connection, database, 'undo', { kills, mostMs }) }
  } finally {
    await connection.end()
  }
}

async function torture(
  connection: Connection,
  database: DatabaseUrl,
  order: 'run' | 'undo',
  { kills, mostMs }: { readonly kills: number; readonly mostMs: number },
): Promise<FixTortureResult> {
  let killed = 0
  const words = [revealUrl(database), order]
  // One that came to its end before it was killed is over: another process would begin another run.
  for (let turn = 0; turn < kills && !(await isOver(connection, order)); turn++) {
    if (await runAndKill('fix-runner', words, randomInt(mostMs))) killed++
  }
  if (!(await isOver(connection, order))) await runAndKill('fix-runner', words)
  const { rows } = await connection.query<Omit<FixTortureResult, 'kills'>>(
    `SELECT (SELECT count(*)::int FROM torture) AS rows, (SELECT count(*)::int FROM torture WHERE times = $1) AS right,
      (SELECT (progress ->> 'visited')::int FROM tide.fix_runs WHERE ${chief(order)}) AS visited,
      (SELECT count(*)::int FROM tide.fix_images i JOIN tide.fix_runs b ON b.id = i.run
        WHERE NOT EXISTS (SELECT FROM tide.fix_runs u WHERE u.undoes = b.id) AND b.undoes IS NULL) AS kept`,
    [order === 'run' ? 1 : 0],
  )
  return { kills: killed, rows: 0, right: 0, visited: 0, kept: 0, ...rows[0] }
}

async function isOver(connection: Connection, order: 'run' | 'undo'): Promise<boolean> {
  const { rows } = await connection.query<{ there: boolean }>(`SELECT to_regclass('tide.fix_runs') IS NOT NULL AS there`)
  if (rows[0]?.there !== true) return false
  const done = await connection.query(`SELECT FROM tide.fix_runs WHERE ${chief(order)} AND (progress ->> 'done')::boolean`)
  return done.rowCount === 1
}

/** The record of the whole run, not that of a batch. */
function chief(order: 'run' | 'undo'): string {
  return `batch_of IS NULL AND undoes IS ${order === 'run' ? '' : 'NOT '}NULL`
}
