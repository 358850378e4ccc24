import { addArchives } from '../../src/author/archive/add-archives.ts'
import type { Rollback } from '../../src/author/rollback/compute-rollback.ts'
import { databaseAt, rollbackOf } from './rollbacks.ts'

/** How a migration is archived in a test. */
export interface ArchiveOptions {
  readonly maxTableBytes?: number
  readonly isOn?: boolean
  readonly schema?: string
  readonly migration?: string
}

/** A script that begins where `setup` leads, with the statements of its archive. */
export function archivedMigration(
  setup: string,
  sql: string,
  { maxTableBytes = 2 ** 30, isOn = true, schema = 'public', migration = '20261122101500_change' }: ArchiveOptions = {},
): Promise<{ readonly sql: string; readonly notes: readonly string[] }> {
  return addArchives({
    sql,
    file: 'migration.sql',
    scope: { migration, schema, maxTableBytes },
    isOn,
    start: () => databaseAt(setup),
    standing: () => Promise.resolve(undefined),
  })
}

/** The script with its archive, and the way back from it. */
export async function archivedAndRolledBack(
  setup: string,
  sql: string,
  options: ArchiveOptions = {},
): Promise<{ readonly up: string; readonly notes: readonly string[]; readonly rollback: Rollback }> {
  const archived = await archivedMigration(setup, sql, options)
  return { up: archived.sql, notes: archived.notes, rollback: await rollbackOf(setup, archived.sql) }
}
