import { dirname, join, relative } from 'node:path'
import type { SchemaFile } from '../prisma/schema-text.ts'
import { commitOf } from './commit-of.ts'
import { git } from './git.ts'
import type { SchemaFiles } from './schema-files.ts'

/**
 * The schema as it was in the commit that added or last changed a migration: what the team had when
 * it wrote it. Undefined where the folder is in no git repository, git is not there, or the
 * migration is not committed.
 * @param migrationFile absolute
 */
export async function schemaCommittedWith(
  migrationFile: string,
  schema: SchemaFiles,
): Promise<readonly SchemaFile[] | undefined> {
  const folder = dirname(migrationFile)
  const commit = await git(folder, ['log', '-1', '--format=%H', '--', migrationFile])
  if (commit === undefined || commit.trim() === '') return undefined
  return schemaAt(folder, commit.trim(), schema)
}

/**
 * The schema as it was in a commit; undefined where the commit has no schema there.
 * @throws PROJECT_REFERENCE_UNKNOWN
 */
export async function schemaSince(reference: string, schema: SchemaFiles): Promise<readonly SchemaFile[] | undefined> {
  const folder = dirname(schema.root)
  return schemaAt(folder, await commitOf(folder, reference), schema)
}

async function schemaAt(
  folder: string,
  commit: string,
  schema: SchemaFiles,
): Promise<readonly SchemaFile[] | undefined> {
  const top = (await git(folder, ['rev-parse', '--show-toplevel']))?.trim()
  if (top === undefined) return undefined
  const root = relative(top, schema.root)
  const listed = await git(top, ['ls-tree', '-r', '-z', '--name-only', commit, '--', root])
  const paths = (listed ?? '').split('\0').filter((path) => path.endsWith('.prisma'))
  if (paths.length === 0) return undefined
  const texts = await Promise.all(paths.map((path) => git(top, ['show', `${commit}:${path}`])))
  return paths.flatMap((path, at) => {
    const text = texts[at]
    return text === undefined ? [] : [{ path: join(top, path), text }]
  })
}
