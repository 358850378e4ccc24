import type { Connection } from '../../postgres/connect.ts'
import { archiveSchema, archiveTable, registryTable } from './registry.ts'

/** What a migration keeps of one table, or was to keep. */
export interface ArchiveEntry {
  readonly migration: string
  /** `schema.table` for whole rows, `schema.table (column, …)` for values. */
  readonly source: string
  /** Its table in `tide_archive`. */
  readonly archive: string
  /** False where the table was larger than the limit when the migration ran: then it keeps nothing. */
  readonly kept: boolean
  readonly rows: number
  /** Bytes on the disk, with its index. */
  readonly bytes: number
  /** When the migration ran. */
  readonly archivedAt: Date
}

/** What a database keeps, the oldest first; empty where nothing was ever archived. */
export async function listArchives(connection: Connection): Promise<readonly ArchiveEntry[]> {
  const registry = await connection.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [registryTable])
  if (registry.rows[0]?.there !== true) return []
  const { rows } = await connection.query<Stored>(
    `SELECT "migration", "source", "archive", "bytes" <= "limit_bytes" AS kept,
       (extract(epoch FROM "archived_at") * 1000)::float8 AS "archivedAt",
       pg_total_relation_size(to_regclass(format('${archiveSchema}.%I', "archive"))) AS bytes
     FROM ${registryTable} ORDER BY "archived_at", "migration" COLLATE "C", "source" COLLATE "C"`,
  )
  const entries: ArchiveEntry[] = []
  for (const { bytes, archivedAt, ...entry } of rows) {
    const count = bytes === null ? 0 : await countRows(connection, entry.archive)
    entries.push({ ...entry, archivedAt: new Date(archivedAt), bytes: Number(bytes ?? 0), rows: count })
  }
  return entries
}

/** The moment in milliseconds: what a text of it looks like is the role's matter. */
interface Stored extends Omit<ArchiveEntry, 'rows' | 'bytes' | 'archivedAt'> {
  readonly bytes: string | null
  readonly archivedAt: number
}

async function countRows(connection: Connection, archive: string): Promise<number> {
  const { rows } = await connection.query<{ count: string }>(`SELECT count(*) FROM ${archiveTable(archive)}`)
  return Number(rows[0]?.count ?? 0)
}
