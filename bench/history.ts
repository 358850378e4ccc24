import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One migration of the history that everybody runs. */
export interface BenchMigration {
  /** Its place in the history, from 1: peers order by number, and folder names share timestamps. */
  readonly number: number
  readonly name: string
  readonly path: string
  readonly sql: string
  /** False where a file cannot run inside a transaction that a runner opens around it. */
  readonly isTransactional: boolean
}

/** The migrations of a folder in the order in which Prisma applies them. */
export async function readBenchHistory(migrationsDirectory: string): Promise<readonly BenchMigration[]> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return Promise.all(
    names.map(async (name, index) => {
      const path = join(migrationsDirectory, name, 'migration.sql')
      const sql = await readFile(path, 'utf8')
      return { number: index + 1, name, path, sql, isTransactional: !needsNoTransaction.test(sql) }
    }),
  )
}

/** CONCURRENTLY, and files that open and close transactions of their own. */
const needsNoTransaction = /\bconcurrently\b|^\s*(?:begin|commit)\s*;/im

/** A name for peers that take it from the file: digits, then letters only. */
export function peerName(migration: BenchMigration): string {
  const words = migration.name.replace(/^\d+_?/, '').replaceAll(/[^A-Za-z0-9]+/g, '_')
  return `${String(migration.number).padStart(5, '0')}_${words || 'migration'}`
}
