import { directoryUnusable, diskFull, noServerUser } from './errors.ts'
import { errorCode } from './machine.ts'

/**
 * Runs what works with the server's folder and programs; the system's errors become failures that name them.
 * @throws EMBEDDED_DIRECTORY, EMBEDDED_DISK_FULL, EMBEDDED_NO_USER
 */
export async function explainingFileErrors<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw explain(error, directory)
  }
}

function explain(error: unknown, directory: string): unknown {
  const code = errorCode(error)
  // Root may lack the right to become another user, or a container may not have that user.
  if (isSpawnError(error) && (code === 'EPERM' || code === 'EINVAL')) {
    return noServerUser(`Changing to another user is not permitted here (${code}).`)
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(directory)
  // A folder that takes no folders, as in /proc.
  const takesNone = code === 'ENOENT' && error instanceof Error && 'syscall' in error && error.syscall === 'mkdir'
  if (!takesNone && !['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) return error
  return directoryUnusable(directory, error instanceof Error ? error.message : code)
}

function isSpawnError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && String(error.syscall).startsWith('spawn')
}
