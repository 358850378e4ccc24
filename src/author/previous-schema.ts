import { join } from 'node:path'
import { schemaCommittedWith } from '../project/committed-schema.ts'
import type { FileCache } from '../project/file-cache.ts'
import type { Project } from '../project/open-project.ts'
import type { Migration } from '../history/read-history.ts'
import type { SchemaFile } from '../prisma/schema-text.ts'

/**
 * The schema as it was at the last migration: from the cache, where this machine wrote that
 * migration, else from the commit that brought it. It tells what an edit took away from what the
 * schema never knew, and what dropped things were called.
 * @param key the history's prefix
 */
export async function readPreviousSchema(
  project: Project,
  history: readonly Migration[],
  cache: FileCache,
  key: string,
): Promise<readonly SchemaFile[] | undefined> {
  const kept = await cache.get(cacheName(key))
  if (kept !== undefined) return JSON.parse(kept) as readonly SchemaFile[]
  const last = history.at(-1)
  return last === undefined ? undefined : schemaCommittedWith(join(last.directory, 'migration.sql'), project.schema)
}

/** Keeps the schema to which a history's end belongs. */
export async function keepSchema(schema: readonly SchemaFile[], cache: FileCache, key: string): Promise<void> {
  await cache.set(cacheName(key), JSON.stringify(schema))
}

function cacheName(key: string): string {
  return `${key}.schema.json`
}
