import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where Tide keeps what belongs to one machine: the embedded server's data, caches. Never in git. */
export function stateDirectoryOf(projectDirectory: string): string {
  return join(projectDirectory, '.tide')
}

/** Makes the folder, which tells git by itself to leave it alone. False where nothing can be written there. */
export function ensureStateDirectory(stateDirectory: string): boolean {
  try {
    if (mkdirSync(stateDirectory, { recursive: true }) !== undefined) {
      writeFileSync(join(stateDirectory, '.gitignore'), '*\n')
    }
    return true
  } catch {
    return false
  }
}
