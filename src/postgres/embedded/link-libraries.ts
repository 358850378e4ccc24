import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { linksMissing } from './errors.ts'
import { errorCode } from './machine.ts'

/**
 * Makes the symbolic links of the shared libraries (`libicuuc.so.60` and the like). npm packages cannot hold links;
 * the package makes them in an install script, which need not have run. Nothing is written where all are there.
 * @param root the folder with `pg-symlinks.json`
 * @throws EMBEDDED_LINKS
 */
export async function linkLibraries(root: string): Promise<void> {
  for (const { source, target } of await readLinks(root)) {
    // Paths in the list begin with the folder's own name: native/lib/….
    const link = join(root, '..', target)
    if (existsSync(link)) continue
    try {
      await symlink(basename(source), link)
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw linksMissing(join(root, 'lib'), errorCode(error))
    }
  }
}

async function readLinks(root: string): Promise<readonly { source: string; target: string }[]> {
  try {
    return JSON.parse(await readFile(join(root, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  } catch (error) {
    // Platforms whose libraries need no links come without the list.
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}
