import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../measure.ts'
import { tide } from '../tide.ts'

/** What the command took for so many rows. */
export interface Peak {
  readonly rows: number
  readonly seconds: number
  /** Resident memory of the whole process at its highest. */
  readonly peakMb: number
}

/** Fills the empty table of the project's dev database with `tide seed` itself, as a user does. */
export async function measurePeak(project: string, rows: number): Promise<Peak> {
  const file = join(project, 'peak')
  const preload = new URL('./write-peak.mjs', import.meta.url).href
  const variables = { NODE_OPTIONS: `--import ${preload}`, BENCH_PEAK: file }
  const { ms } = await run(tide(project, ['seed', 'dev', '--rows', String(rows), '--json'], variables))
  const peakMb = Number(await readFile(file, 'utf8')) / 1024
  await rm(file)
  return { rows, seconds: ms / 1000, peakMb }
}
