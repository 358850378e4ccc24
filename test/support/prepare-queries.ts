import { createHash } from 'node:crypto'
import type { QueryConfig } from 'pg'
import type { Connection } from '../../src/postgres/connect.ts'

/**
 * From now on PostgreSQL plans each long query of this session only once: what reads a catalog is asked in the same
 * words for every schema that is tried, and planning it takes ten times as long as answering it.
 */
export function prepareQueries(connection: Connection): Connection {
  const plain = connection.query.bind(connection) as (...query: readonly unknown[]) => unknown
  const query = (first: unknown, ...rest: readonly unknown[]): unknown => {
    const config = typeof first === 'string' ? { text: first } : first
    if (!isReading(config)) return plain(first, ...rest)
    const name = createHash('md5').update(config.text).digest('hex')
    return plain({ ...config, name }, ...rest)
  }
  return Object.assign(connection, { query: query as Connection['query'] })
}

/** One statement, and long enough to be one of ours. */
function isReading(query: unknown): query is QueryConfig {
  if (typeof query !== 'object' || query === null || !('text' in query) || typeof query.text !== 'string') return false
  return query.text.length > 400 && /^\s*(?:SELECT|WITH)\b/.test(query.text) && !query.text.includes(';')
}
