import { realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { commitOf } from './commit-of.ts'
import { referenceUnknown } from './errors.ts'
import { git } from './git.ts'

/**
 * The folders directly under a folder in which something was added or changed since a git reference, committed or not.
 * @param ignored the name of a file that does not count
 * @throws PROJECT_REFERENCE_UNKNOWN
 */
export async function changedFolders(folder: string, reference: string, ignored: string): Promise<ReadonlySet<string>> {
  const commit = await commitOf(folder, reference)
  const changed = await git(folder, ['diff', '--name-only', '-z', commit, '--', '.'])
  const top = (await git(folder, ['rev-parse', '--show-toplevel']))?.trim()
  if (changed === undefined || top === undefined) throw referenceUnknown(reference, folder)
  const fresh = (await git(folder, ['ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', '.'])) ?? ''
  const paths = [...changed.split('\0'), ...fresh.split('\0')].filter((path) => path !== '')
  const root = realpathSync(folder)
  return new Set(
    paths
      .map((path) => relative(root, join(realpathSync(top), path)).split(sep))
      .filter((parts) => parts.length > 1 && parts[0] !== '..' && parts.at(-1) !== ignored)
      .map(([first = '']) => first),
  )
}
