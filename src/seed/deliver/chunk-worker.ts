import { parentPort, workerData } from 'node:worker_threads'
import { type FailureDetails, isFailure } from '../../errors/failure.ts'
import { loadLocale } from '../locale/load-locale.ts'
import type { SeedPlan } from '../plan/seed-plan.ts'
import { createRowMakers, type RowMakers } from '../rows/row-makers.ts'
import { loadRules, type RuleSource } from '../rules/load-rules.ts'
import { createFileText } from './files/file-text.ts'
import type { FileFormat } from './files/formats.ts'
import { chunkText } from './row-chunks.ts'

/** What a thread begins with. */
export interface ChunkScene {
  readonly plan: SeedPlan
  readonly rules: RuleSource | undefined
}

/** What a thread is asked for: the text of some rows of a table. */
export interface ChunkOrder {
  readonly table: string
  readonly from: number
  readonly to: number
  /** Of a file; as COPY takes them where it is undefined. */
  readonly format: FileFormat | undefined
}

/** A failure is taken apart: of an error only the message would arrive whole. */
export type ChunkAnswer =
  | { readonly text: string }
  | { readonly failure: { readonly code: string; readonly details: FailureDetails } }

/** A thread of its own: it has the plan, so it needs nothing else to make any rows. */
const { plan, rules: source } = workerData as ChunkScene
const makers = prepare()

async function prepare(): Promise<RowMakers> {
  const locale = await loadLocale(plan.locale)
  return createRowMakers(plan, { locale, ...(source === undefined ? {} : { rules: await loadRules(source) }) })
}

parentPort?.on('message', (order: ChunkOrder) => {
  void answer(order).then((text) => parentPort?.postMessage(text))
})

async function answer({ table: key, from, to, format }: ChunkOrder): Promise<ChunkAnswer> {
  try {
    const maker = (await makers).table(key)
    const table = plan.tables.find((one) => one.key === key)
    const isFile = format !== undefined && table !== undefined
    return { text: isFile ? createFileText(table, maker, format).rows(from, to) : chunkText(maker, from, to) }
  } catch (error) {
    if (!isFailure(error)) throw error
    return { failure: { code: error.code, details: error.details } }
  }
}
