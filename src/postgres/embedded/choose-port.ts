import { createHash } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * The ports worth trying for a data folder, best first: the one it had, then ones that follow from its path, so that
 * a project keeps its port even when it starts anew. Below the range from which systems take outgoing ports.
 */
export function portCandidates(data: string, remembered?: number): readonly number[] {
  const start = createHash('sha256').update(data).digest().readUInt16BE(0) % 4000
  const derived = Array.from({ length: 40 }, (_, step) => 21_000 + ((start + step * 97) % 4000))
  return remembered === undefined ? derived : [remembered, ...derived.filter((port) => port !== remembered)]
}

/** True when nobody listens on a port of 127.0.0.1 at this moment. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => { resolve(false) })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => { resolve(true) })
    })
  })
}
