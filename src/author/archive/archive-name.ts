import { createHash } from 'node:crypto'
import type { SourceTable } from './archive.ts'

/**
 * The name of an archive's table: what it is of, as far as it fits, and a hash of the whole, so that two migrations,
 * two schemas or two long names never share one. At most 63 bytes of UTF-8, which is what PostgreSQL keeps.
 * @param column of an archive of one column's values
 */
export function archiveName(migration: string, source: SourceTable, column?: string): string {
  const whole = JSON.stringify([migration, source.schema, source.name, column ?? null])
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 12)
  const readable = column === undefined ? source.name : `${source.name}.${column}`
  return `${cutToBytes(readable, 50)}.${hash}`
}

/** Never half a character. */
function cutToBytes(text: string, limit: number): string {
  let bytes = 0
  let cut = ''
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > limit) break
    cut += character
  }
  return cut
}
