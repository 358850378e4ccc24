import { directoryUnusable, diskFull } from './errors.ts'
import { errorCode } from './machine.ts'

/**
 * Runs what works with the server's folder; the system's errors become failures that name it.
 * @throws EMBEDDED_DIRECTORY, EMBEDDED_DISK_FULL
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
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(directory)
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) return error
  return directoryUnusable(directory, error instanceof Error ? error.message : code)
}
