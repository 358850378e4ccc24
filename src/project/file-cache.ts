import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cacheUnwritable } from './errors.ts'
import { withCause } from '../errors/failure.ts'

/** Texts that can be made again, by name. */
export interface FileCache {
  get(name: string): Promise<string | undefined>
  set(name: string, text: string): Promise<void>
}

/**
 * A cache of files in a folder. A file is written beside its place and then moved there, so that
 * two commands at once, or one that is killed, leave a whole file or none.
 */
export function createFileCache(directory: string): FileCache {
  return {
    get: async (name) => {
      try {
        return await readFile(join(directory, name), 'utf8')
      } catch {
        return undefined
      }
    },
    set: async (name, text) => {
      const path = join(directory, name)
      const draft = `${path}.${randomUUID()}.tmp`
      try {
        await mkdir(dirname(path), { recursive: true })
        await writeFile(draft, text)
        await rename(draft, path)
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined)
        throw withCause(cacheUnwritable(directory, error instanceof Error ? error.message : String(error)), error)
      }
    },
  }
}
