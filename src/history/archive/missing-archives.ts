import type { Connection } from '../../postgres/connect.ts'
import { archiveSchema, registryTable } from './registry.ts'

/**
 * The archives that a rollback names and that are not there, each by what it is of, as the rollback says: they were
 * purged, or the table was too large.
 * @param sql the text of a down.sql
 */
export async function missingArchives(connection: Connection, sql: string): Promise<readonly string[]> {
  const names = archivesNamedIn(sql)
  if (names.length === 0) return []
  const registry = await connection.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [registryTable])
  if (registry.rows[0]?.there !== true) return describe(names, sql)
  const kept = await connection.query<{ archive: string }>(
    `SELECT "archive" FROM ${registryTable} WHERE "archive" = ANY ($1) AND "bytes" <= "limit_bytes"
       AND to_regclass(format('${archiveSchema}.%I', "archive")) IS NOT NULL`,
    [names],
  )
  const there = new Set(kept.rows.map(({ archive }) => archive))
  return describe(names.filter((name) => !there.has(name)), sql)
}

/** The list at the head of a rollback has the name of an archive and what it is of, as literals. */
function describe(names: readonly string[], sql: string): readonly string[] {
  const pairs = [...sql.matchAll(/^ *\('((?:[^']|'')+)', '((?:[^']|'')+)'\)/gm)].map(([, name = '', source = '']) => {
    return [name.replaceAll("''", "'"), source.replaceAll("''", "'")] as const
  })
  const sources = new Map(pairs)
  return names.map((name) => sources.get(name) ?? name)
}

function archivesNamedIn(sql: string): readonly string[] {
  const quoted = [...sql.matchAll(/"tide_archive"\."((?:[^"]|"")+)"/g)].map(([, name = '']) => name.replaceAll('""', '"'))
  return [...new Set(quoted)].filter((name) => name !== 'archives')
}
