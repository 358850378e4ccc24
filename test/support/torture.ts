import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { builtProgram } from './built-program.ts'

/** What a data step looks like after its processes were killed again and again. */
export interface TortureResult {
  readonly kills: number
  readonly rows: number
  /** Rows that were changed exactly once. */
  readonly once: number
  /** What the slices say was gone through, and was changed. */
  readonly visited: number
  readonly changed: number
  readonly state: string
}

/** A table of rows to be changed once each. */
export async function createTortureTable(database: DatabaseUrl, rows: number): Promise<void> {
  await withConnection(database, (connection) =>
    connection.query(`CREATE TABLE torture (id int PRIMARY KEY, text text NOT NULL DEFAULT 'some words', times int NOT NULL DEFAULT 0);
      INSERT INTO torture SELECT n FROM generate_series(1, ${String(rows)}) n; ANALYZE torture`),
  )
}

/**
 * Starts a process that runs a data step with four workers, kills it (SIGKILL) at a random moment after its first
 * batch, and again, and lets the last one end.
 * @param mostMs a process lives at most so long after its first batch
 * @param way how the processes get to the database
 */
export async function torture(
  database: DatabaseUrl,
  kills: number,
  mostMs: number,
  way: DatabaseUrl = database,
): Promise<TortureResult> {
  let killed = 0
  const run = (afterMs?: number) => runAndKill('data-runner', [revealUrl(way)], afterMs)
  for (let turn = 0; turn < kills; turn++) if (await run(randomInt(mostMs))) killed++
  await run()
  const { rows } = await withConnection(database, (connection) =>
    connection.query<Omit<TortureResult, 'kills'>>(`SELECT (SELECT count(*)::int FROM torture) AS rows,
      (SELECT count(*)::int FROM torture WHERE times = 1) AS once, sum(visited)::int AS visited, sum(changed)::int AS changed,
      (SELECT state FROM tide.data_step) AS state FROM tide.data_slice`),
  )
  return { kills: killed, rows: 0, once: 0, visited: 0, changed: 0, state: '', ...rows[0] }
}

/**
 * Starts a program of this folder, and kills it (SIGKILL) so long after its first words; without a time it may end.
 * @returns whether it was killed
 */
export async function runAndKill(program: string, words: readonly string[], afterMs?: number): Promise<boolean> {
  const child = spawn(process.execPath, [builtProgram(program), ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_code, signal) => { resolve(signal) }))
  let timer: NodeJS.Timeout | undefined
  child.stdout.once('data', () => {
    if (afterMs !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
  })
  const signal = await ended
  clearTimeout(timer)
  return signal === 'SIGKILL'
}
