import { to as copyTo } from 'pg-copy-streams'
import type { Connection } from '../connect.ts'

/**
 * Streams the rows of a query out of the server, in the text format of COPY, with backpressure: whoever reads slowly
 * makes the server wait, and memory does not grow with the rows. Read to its end, or the session is of no more use.
 * @param query SQL of a query, without parameters: COPY takes none
 * @returns pieces of the text, cut anywhere
 */
export function copyOut(connection: Connection, query: string): AsyncIterable<Buffer> {
  return connection.query(copyTo(`COPY (${query}) TO STDOUT`, { highWaterMark: pieceBytes }))
}

/** Large pieces: each costs a turn of the event loop. */
const pieceBytes = 128 * 1024
