import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { withCause } from '../../../errors/failure.ts'
import { filesDirectory } from './errors.ts'
import { fileFormats } from './formats.ts'
import { manifestName } from './manifest.ts'

/** A name that no table of a folder shares, in the order in which files load. */
export function dataFileName(number: number, table: string, extension: string): string {
  return `${String(number).padStart(3, '0')}-${table.replaceAll(/[^\w.-]/g, '_').slice(0, 100)}.${extension}`
}

const dataFile = new RegExp(`^\\d{3,}-.+\\.(${fileFormats.join('|')})$`)

/**
 * Makes a folder ready for files: those of an earlier run go, and anything else is in the way.
 * @throws SEED_FILES_DIRECTORY
 */
export function prepareDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true })
    const names = readdirSync(directory)
    const foreign = names.filter((name) => name !== manifestName && !dataFile.test(name))
    const isOurs = names.length === 0 || existsSync(join(directory, manifestName))
    if (foreign.length > 0 || !isOurs) {
      throw filesDirectory(directory, `it holds ${foreign[0] ?? names[0] ?? 'other files'}`)
    }
    // The manifest first and written last: a folder with one is whole.
    removeFiles(directory, [manifestName, ...names])
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    throw withCause(filesDirectory(directory, error.message), error)
  }
}

/** Takes files out of a folder, where they are there. */
export function removeFiles(directory: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(directory, name), { force: true })
}
