import { writeFile } from 'node:fs/promises'
import { withCause } from '../../errors/failure.ts'
import { folderUnwritable } from '../errors.ts'

/**
 * Writes a file that is not there yet. One that has come meanwhile is somebody's work and stays as it is.
 * @throws AUTHOR_FOLDER_UNWRITABLE
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return
    throw withCause(folderUnwritable(path, error instanceof Error ? error.message : String(error)), error)
  }
}
