import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import type { ChunkOrder } from './chunk-worker.ts'
import { type RowChunk, rowsPerChunk } from './row-chunks.ts'

/** Threads that make rows as texts. */
export interface ChunkThreads extends AsyncDisposable {
  /** The chunks of a table in order: the same bytes, however many threads make them. */
  chunks(table: TablePlan): AsyncIterable<RowChunk>
}

/** Chunks that a thread makes ahead of the one that is sent: more would only fill memory. */
const ahead = 3

/** Starts threads; closed by `await using`. Rules of the user are functions and cannot go there. */
export function createChunkThreads(plan: SeedPlan, count: number): ChunkThreads {
  const threads = Array.from({ length: count }, () => createThread(startWorker(plan)))
  return {
    chunks: async function* (table) {
      const total = Math.ceil(table.rows / rowsPerChunk)
      const orders: Promise<string>[] = []
      const order = (place: number): void => {
        const from = place * rowsPerChunk
        const wanted = { table: table.key, from, to: Math.min(table.rows, from + rowsPerChunk) }
        orders[place] = threads[place % count]?.make(wanted) ?? Promise.resolve('')
        // A thread that fails rejects what waits; what is not awaited yet must not end the process.
        orders[place].catch(() => undefined)
      }
      for (let place = 0; place < Math.min(total, count * ahead); place++) order(place)
      for (let place = 0; place < total; place++) {
        const text = await orders[place]
        orders[place] = Promise.resolve('')
        if (place + count * ahead < total) order(place + count * ahead)
        yield { text: text ?? '', end: Math.min(table.rows, (place + 1) * rowsPerChunk) }
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(threads.map((thread) => thread.end()))
    },
  }
}

function startWorker(plan: SeedPlan): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./chunk-worker.js', import.meta.url), { workerData: plan })
  // From the sources, in tests: a thread does not take over what runs TypeScript in the main one.
  const file = JSON.stringify(new URL('./chunk-worker.ts', import.meta.url).href)
  const script = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}) })`
  return new Worker(script, { eval: true, workerData: plan })
}

interface Thread {
  make(order: ChunkOrder): Promise<string>
  end(): Promise<unknown>
}

/** A thread answers in the order in which it is asked. */
function createThread(worker: Worker): Thread {
  const waiting: { readonly resolve: (text: string) => void; readonly reject: (error: unknown) => void }[] = []
  worker.on('message', (text: string) => waiting.shift()?.resolve(text))
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
