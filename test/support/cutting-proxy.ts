import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'

/** A proxy in front of a server that cuts connections. */
export interface CuttingProxy extends AsyncDisposable {
  /** The same database through it. */
  readonly url: DatabaseUrl
  /** How many connections it has cut. */
  cuts(): number
}

/** A session begins with so many: a server that cannot be reached at all is another matter. */
const leastMessages = 12

/**
 * Forwards each connection for a random number of messages, at most `most`, and then cuts both of its ends, with
 * whatever is under way: a statement, or a COMMIT whose answer never comes.
 */
export async function startCuttingProxy(database: DatabaseUrl, most: number): Promise<CuttingProxy> {
  const { hostname, port } = new URL(revealUrl(database))
  const open = new Set<Socket>()
  let cuts = 0
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname)
    let left = leastMessages + randomInt(most)
    const cut = (): void => {
      for (const socket of [client, server]) {
        socket.destroy()
        open.delete(socket)
      }
    }
    const forward = (from: Socket, to: Socket): void => {
      open.add(from)
      from.on('error', cut)
      from.on('close', cut)
      from.on('data', (data: Buffer) => {
        if (left-- > 0) to.write(data)
        else if (!from.destroyed) {
          cuts++
          cut()
        }
      })
    }
    forward(client, server)
    forward(server, client)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  const target = new URL(revealUrl(database))
  target.hostname = '127.0.0.1'
  target.port = String(typeof address === 'object' && address !== null ? address.port : 0)
  return {
    url: parseDatabaseUrl(target.href, 'the proxy'),
    cuts: () => cuts,
    [Symbol.asyncDispose]: async () => {
      proxy.close()
      for (const socket of open) socket.destroy()
      await once(proxy, 'close')
    },
  }
}
