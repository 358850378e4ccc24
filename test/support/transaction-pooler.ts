import { createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { connect } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl } from '../../src/postgres/database-url.ts'

/**
 * A pooler in transaction mode with one backend, as PgBouncer is with a pool of one: every session is given a process
 * id of the pooler's own, and what sessions send goes to the same backend. Gives the URL to connect to.
 */
export async function startTransactionPooler(database: DatabaseUrl): Promise<DatabaseUrl> {
  const backend = await connect(database)
  const { stream } = backend.connection
  stream.removeAllListeners('data')
  let current: Socket | undefined
  stream.on('data', (data: Buffer) => current?.write(data))

  const server = createServer((socket) => {
    let hasStarted = false
    socket.on('error', () => undefined)
    socket.on('data', (data: Buffer) => {
      current = socket
      if (!hasStarted) {
        hasStarted = true
        socket.write(greeting)
      } else if (data[0] === terminate) socket.end()
      else stream.write(data)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    stream.destroy()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return parseDatabaseUrl(`postgresql://${database.user}@127.0.0.1:${String(port)}/${database.database}`, 'the pooler')
}

const terminate = 'X'.charCodeAt(0)

/** AuthenticationOk, a process id that no backend has, ReadyForQuery. */
const greeting = Buffer.concat([
  message('R', [0, 0, 0, 0]),
  message('K', [0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 1]),
  message('Z', ['I'.charCodeAt(0)]),
])

function message(type: string, body: readonly number[]): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body)])
}
