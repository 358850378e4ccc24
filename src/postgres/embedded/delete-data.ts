import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { explainingFileErrors } from './explaining-file-errors.ts'
import { removeUnfinished } from './initialise-data.ts'
import { serverFiles } from './server-files.ts'
import { withServerLock } from './server-lock.ts'
import { stopPostmaster } from './stop-server.ts'

/**
 * Stops the embedded server of a project and deletes its databases, so that the next command starts anew.
 * @returns false where there was nothing to delete
 * @throws EMBEDDED_STOP, EMBEDDED_DIRECTORY, EMBEDDED_LOCKED
 */
export async function deleteEmbeddedData(options: { readonly directory: string }): Promise<boolean> {
  const files = serverFiles(resolve(options.directory))
  if (!existsSync(files.data)) return false
  return explainingFileErrors(files.directory, () =>
    withServerLock(files.directory, async () => {
      await stopPostmaster(files.data)
      await removeUnfinished(files)
      for (const path of [files.data, files.log]) await rm(path, { recursive: true, force: true })
      return true
    }),
  )
}
