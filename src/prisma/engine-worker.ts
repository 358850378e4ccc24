import { parentPort } from 'node:worker_threads'
import type { SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils'
import { Bug } from '../errors/bug.ts'
import { createEngineInstance } from './engine-instance.ts'
import type { DifferenceRequest, FromEngine, ToEngine } from './engine-messages.ts'

/** The engine's thread: computes beside whatever the main thread does, and dies alone when the engine panics. */
const port = parentPort
if (port === null) throw new Bug('The engine\'s thread was started as a program.')
const send = (message: FromEngine): void => { port.postMessage(message) }

let panic: string | undefined
process.on('uncaughtException', (error) => {
  send({ kind: 'dead', message: panic ?? error.message })
  process.exit(1)
})
const instance = createEngineInstance((text) => { panic = text })

interface Waiting {
  resolve(answer: SqlResultSet): void
  reject(error: Error): void
}
const waiting = new Map<number, Waiting>()
let questions = 0

function asking(id: number): (query: SqlQuery) => Promise<SqlResultSet> {
  return (query) =>
    new Promise((resolve, reject) => {
      const question = questions++
      waiting.set(question, { resolve, reject })
      send({ kind: 'question', id, question, query })
    })
}

async function compute(id: number, request: DifferenceRequest): Promise<void> {
  try {
    send({ kind: 'script', id, script: await (await instance).difference(request, asking(id)) })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    send({ kind: 'error', id, message, code })
  }
}

port.on('message', (message: ToEngine) => {
  if (message.kind === 'difference') {
    void compute(message.id, message.request)
    return
  }
  const asked = waiting.get(message.question)
  waiting.delete(message.question)
  if (message.kind === 'answer') asked?.resolve(message.answer)
  else asked?.reject(new Error(message.message))
})
