import { type ResourceLimits, Worker } from 'node:worker_threads'

/** A thread that is started. */
export interface ThreadToStart {
  /** The address of its source, `…/name.ts`: what `import.meta.url` of a neighbour resolves. */
  readonly source: URL
  readonly workerData: unknown
  readonly resourceLimits?: ResourceLimits
}

/** Starts a thread from its built file, or from its source where the sources themselves run, as in tests. */
export function startThread({ source, workerData, resourceLimits = {} }: ThreadToStart): Worker {
  const options = { workerData, resourceLimits }
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(source.href.replace(/\.ts$/u, '.js')), options)
  // A thread does not take over what runs TypeScript in the main one.
  const file = JSON.stringify(source.href)
  const script = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}) })`
  return new Worker(script, { eval: true, ...options })
}
