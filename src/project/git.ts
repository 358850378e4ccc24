import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What git prints; undefined where it is not there, where the folder is in no repository, or where it refuses. */
export async function git(folder: string, command: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['-C', folder, ...command], { maxBuffer: 64 * 1024 * 1024, timeout: 5000 })
    return stdout
  } catch {
    return undefined
  }
}
