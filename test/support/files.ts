import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of its own that holds these files (path: content), removed when the test is over. */
export function createFolder(files: Readonly<Record<string, string | Uint8Array>> = {}, prefix = 'tide test é '): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  writeFiles(folder, files)
  return folder
}

/** Writes files into a folder, with the folders they need; a path that ends with a slash is an empty folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path)
    mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true })
    if (!path.endsWith('/')) writeFileSync(target, content)
  }
}
