import { Worker } from 'node:worker_threads'
import type { CatalogSource } from './catalog-source.ts'
import type { DifferenceRequest, FromEngine, ToEngine } from './engine-messages.ts'

/** A difference that the engine's thread is at work on. */
interface Job {
  readonly catalog: CatalogSource
  /** The first error of the catalogue: to the engine it is only a number. */
  refusal?: unknown
  resolve(script: string): void
  reject(error: unknown): void
}

interface Thread {
  difference(request: DifferenceRequest, catalog: CatalogSource): Promise<string>
}

let thread: Thread | undefined

/** The engine's thread of this process, begun with the first call, and anew after the engine died of a panic. */
export function engineThread(): Thread {
  thread ??= startThread(() => { thread = undefined })
  return thread
}

/** The thread keeps the process alive only while it computes. */
function startThread(onEnd: () => void): Thread {
  const jobs = new Map<number, Job>()
  let last = 0
  const worker = new Worker(workerFile())
  worker.unref()
  const send = (message: ToEngine): void => { worker.postMessage(message) }
  const end = (error: Error): void => {
    onEnd()
    for (const job of jobs.values()) job.reject(error)
    jobs.clear()
  }
  const finish = (id: number): Job | undefined => {
    const job = jobs.get(id)
    jobs.delete(id)
    if (jobs.size === 0) worker.unref()
    return job
  }
  const answer = async (job: Job, question: number, query: Parameters<CatalogSource['query']>[0]): Promise<void> => {
    try {
      send({ kind: 'answer', question, answer: await job.catalog.query(query) })
    } catch (error) {
      job.refusal ??= error
      send({ kind: 'refusal', question, message: error instanceof Error ? error.message : String(error) })
    }
  }
  worker.on('message', (message: FromEngine) => {
    switch (message.kind) {
      case 'question': {
        const job = jobs.get(message.id)
        if (job !== undefined) void answer(job, message.question, message.query)
        return
      }
      case 'script':
        finish(message.id)?.resolve(message.script)
        return
      case 'error': {
        const job = finish(message.id)
        job?.reject(job.refusal ?? Object.assign(new Error(message.message), { code: message.code }))
        return
      }
      case 'dead':
        end(new Error(message.message))
    }
  })
  worker.on('error', end)
  worker.on('exit', () => { end(new Error('The thread of the schema engine ended.')) })
  return {
    difference: (request, catalog) =>
      new Promise((resolve, reject) => {
        const id = last++
        jobs.set(id, { catalog, resolve, reject })
        worker.ref()
        send({ kind: 'difference', id, request })
      }),
  }
}

/** Built, the thread is JavaScript like its parent; run from source, as in tests, it needs the loader of TypeScript. */
function workerFile(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./engine-worker.js', import.meta.url)
  const file = new URL('./engine-worker.ts', import.meta.url).href
  const loader = import.meta.resolve('tsx/esm/api')
  const program = `import { register } from '${loader}'; register(); await import('${file}')`
  return new URL(`data:text/javascript,${encodeURIComponent(program)}`)
}
