import type { Connection } from '../../postgres/connect.ts'
import { archiveTable, registryTable } from './registry.ts'
import type { ArchiveEntry } from './list-archives.ts'

/** Which archives are meant: of one migration, from before a moment, or both. */
export interface ArchiveSelection {
  readonly migration?: string
  readonly before?: Date
}

/** The archives that a selection means; without any condition all. */
export function selectArchives(
  entries: readonly ArchiveEntry[],
  { migration, before }: ArchiveSelection,
): readonly ArchiveEntry[] {
  return entries.filter(
    (entry) =>
      (migration === undefined || entry.migration === migration) && (before === undefined || entry.archivedAt < before),
  )
}

/** Drops archives, all or none of them. From then on their rows and values cannot be brought back. */
export async function purgeArchives(connection: Connection, entries: readonly ArchiveEntry[]): Promise<void> {
  if (entries.length === 0) return
  const names = entries.map(({ archive }) => archive)
  await connection.query('BEGIN')
  try {
    await connection.query(`DROP TABLE IF EXISTS ${names.map(archiveTable).join(', ')}`)
    await connection.query(`DELETE FROM ${registryTable} WHERE "archive" = ANY ($1)`, [names])
    await connection.query('COMMIT')
  } catch (error) {
    await connection.query('ROLLBACK')
    throw error
  }
}
