import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import type { ChunkAnswer, ChunkOrder, ChunkScene } from './chunk-worker.ts'
import { Failure } from '../../errors/failure.ts'
import type { RuleSource } from '../rules/load-rules.ts'
import type { FileFormat } from './files/formats.ts'
import { type RowChunk, rowsPerChunk } from './row-chunks.ts'
import { startThread } from './start-thread.ts'

/** Threads that make rows as texts. */
export interface ChunkThreads extends AsyncDisposable {
  /**
   * The chunks of a table in order: the same bytes, however many threads make them.
   * @param format of a file; as COPY takes them where it is left out
   */
  chunks(table: TablePlan, format?: FileFormat): AsyncIterable<RowChunk>
}

/** Chunks that a thread makes ahead of the one that is sent: more would only fill memory. */
const ahead = 3

/**
 * Starts threads; closed by `await using`.
 * @param rules functions cannot go into a thread: each loads the user's files itself
 */
export function createChunkThreads(plan: SeedPlan, count: number, rules?: RuleSource): ChunkThreads {
  const scene: ChunkScene = { plan, rules }
  const threads = Array.from({ length: count }, () => createThread(startThread({ source: new URL('./chunk-worker.ts', import.meta.url), workerData: scene })))
  return {
    chunks: async function* (table, format) {
      const total = Math.ceil(table.rows / rowsPerChunk)
      const orders = new Map<number, Promise<string>>()
      const order = (place: number): void => {
        const from = place * rowsPerChunk
        const wanted = { table: table.key, from, to: Math.min(table.rows, from + rowsPerChunk), format }
        const text = threads[place % count]?.make(wanted) ?? Promise.resolve('')
        // A thread that fails rejects what waits; what is not awaited yet must not end the process.
        text.catch(() => undefined)
        orders.set(place, text)
      }
      for (let place = 0; place < Math.min(total, count * ahead); place++) order(place)
      for (let place = 0; place < total; place++) {
        const text = await orders.get(place)
        orders.delete(place)
        if (place + count * ahead < total) order(place + count * ahead)
        yield { text: text ?? '', end: Math.min(table.rows, (place + 1) * rowsPerChunk) }
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(threads.map((thread) => thread.end()))
    },
  }
}

interface Thread {
  make(order: ChunkOrder): Promise<string>
  end(): Promise<unknown>
}

/** A thread answers in the order in which it is asked. */
function createThread(worker: Worker): Thread {
  const waiting: { readonly resolve: (text: string) => void; readonly reject: (error: unknown) => void }[] = []
  worker.on('message', (answer: ChunkAnswer) => {
    const asked = waiting.shift()
    if ('text' in answer) asked?.resolve(answer.text)
    else asked?.reject(new Failure(answer.failure.code, answer.failure.details))
  })
  worker.on('error', (error) => {
    for (const { reject } of waiting.splice(0)) reject(error)
  })
  const gone = once(worker, 'exit').catch(() => undefined)
  return {
    make: (order) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        worker.postMessage(order)
      }),
    end: () => worker.terminate().then(() => gone),
  }
}
