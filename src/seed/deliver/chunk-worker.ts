import { parentPort, workerData } from 'node:worker_threads'
import { loadLocale } from '../locale/load-locale.ts'
import type { SeedPlan } from '../plan/seed-plan.ts'
import { createRowMakers } from '../rows/row-makers.ts'
import { chunkText } from './row-chunks.ts'

/** What a thread is asked for: the text of some rows of a table. */
export interface ChunkOrder {
  readonly table: string
  readonly from: number
  readonly to: number
}

/** A thread of its own: it has the plan, so it needs nothing else to make any rows. */
const plan = workerData as SeedPlan
const makers = loadLocale(plan.locale).then((locale) => createRowMakers(plan, { locale }))

parentPort?.on('message', ({ table, from, to }: ChunkOrder) => {
  void makers.then((ready) => parentPort?.postMessage(chunkText(ready.table(table), from, to)))
})
