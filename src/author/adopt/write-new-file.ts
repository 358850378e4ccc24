import { writeFile } from 'node:fs/promises'

/** Writes a file that is not there yet. One that has come meanwhile is somebody's work and stays as it is. */
export async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
