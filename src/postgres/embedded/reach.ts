import { existsSync, statSync } from 'node:fs'
import { chmod, cp, link, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { directoryUnusable, platformUnsupported } from './errors.ts'
import { binariesIn, type Binaries } from './locate-binaries.ts'
import { errorCode, ownPid, platformName, type SystemUser } from './machine.ts'

/** True where a user may pass through every folder down to this one: a project in /root is closed to all others. */
export function canReach(path: string, user: SystemUser): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/**
 * The data folder by the name under which its server knows it. Where there is `/proc` that is `/proc/self/cwd`, and the
 * server is started inside the folder: then the project can be moved while it runs (PostgreSQL opens pg_control by its
 * full name at every checkpoint), and folders above may be closed to the server's user.
 * @throws EMBEDDED_DIRECTORY where there is no such name and a folder above is closed
 */
export function reachableName(data: string, user: SystemUser | undefined): string {
  if (existsSync(ownFolder)) return ownFolder
  if (user === undefined || canReach(dirname(data), user)) return data
  throw directoryUnusable(data, 'Run by root, the server has a user of its own, who may not enter a folder above it.')
}

const ownFolder = '/proc/self/cwd'

/**
 * The binaries where the server's user can read them: those of the package, or a copy for root-owned projects in
 * closed folders, made once for the machine (hard links on the same disk, so it takes no room).
 * @throws EMBEDDED_PLATFORM
 */
export async function reachableBinaries(
  binaries: Binaries,
  user: SystemUser | undefined,
  shelves: readonly string[] = ['/var/cache', tmpdir()],
): Promise<Binaries> {
  if (user === undefined || canReach(join(binaries.root, 'bin'), user)) return binaries
  const name = `prisma-tide-postgres-${await packageVersion(binaries)}-${platformName}`
  for (const shelf of shelves) {
    const copy = join(shelf, name)
    if ((await isOurs(copy)) || (await copyTo(binaries.root, copy))) {
      if (canReach(join(copy, 'bin'), user)) return binariesIn(copy)
    }
  }
  throw platformUnsupported(platformName, `No user but root may read ${binaries.root}.`)
}

async function packageVersion(binaries: Binaries): Promise<string> {
  const text = await readFile(join(binaries.root, '..', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Only root could have made it, and only root can change it. */
async function isOurs(copy: string): Promise<boolean> {
  try {
    const { uid, mode } = await stat(copy)
    return uid === 0 && (mode & 0o022) === 0
  } catch {
    return false
  }
}

async function copyTo(root: string, copy: string): Promise<boolean> {
  const draft = `${copy}.${String(ownPid)}`
  try {
    await mkdir(draft, { mode: 0o755 })
    await copyFolder(root, draft)
    await rename(draft, copy)
    return true
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    return errorCode(error) === 'ENOTEMPTY' && (await isOurs(copy))
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) {
      await mkdir(target)
      await chmod(target, 0o755)
      await copyFolder(source, target)
    } else if (entry.isSymbolicLink()) {
      await symlink(basename(await readlink(source)), target)
    } else {
      await link(source, target).catch(() => cp(source, target, { mode: 0 }))
    }
  }
}
