import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { serverFiles } from './server-files.ts'
import { withServerLock } from './server-lock.ts'
import { stopPostmaster } from './stop-server.ts'

/**
 * Stops the embedded server of a project and deletes its databases, so that the next command starts anew.
 * @throws EMBEDDED_STOP, EMBEDDED_DIRECTORY, EMBEDDED_LOCKED
 */
export async function deleteEmbeddedData(options: { readonly directory: string }): Promise<void> {
  const files = serverFiles(resolve(options.directory))
  await withServerLock(files.directory, async () => {
    await stopPostmaster(files.data)
    for (const path of [files.data, files.unfinished, files.log]) await rm(path, { recursive: true, force: true })
  })
}
