import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withCause } from '../../../errors/failure.ts'
import { filesDirectory, filesUnwritten } from './errors.ts'
import { fileFormats } from './formats.ts'
import { type Manifest, manifestName, writeManifest } from './manifest.ts'

/** A name that no table of a folder shares, in the order in which files load. */
export function dataFileName(number: number, table: string, extension: string): string {
  return `${String(number).padStart(3, '0')}-${table.replaceAll(/[^\w.-]/g, '_').slice(0, 100)}.${extension}`
}

const dataFile = new RegExp(`^\\d{3,}-.+\\.(${fileFormats.join('|')})$`)

/** Stands in a folder while files are written: after a process was killed, the next run may begin the folder anew. */
const unfinishedName = '.tide-unfinished'

/**
 * Makes a folder ready for files: those of an earlier run go, also of one that was killed; anything else is in the way.
 * @throws SEED_FILES_DIRECTORY
 */
export function prepareDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true })
    const names = readdirSync(directory)
    const own = [manifestName, unfinishedName]
    const foreign = names.filter((name) => !own.includes(name) && !dataFile.test(name))
    const isOurs = names.length === 0 || own.some((name) => names.includes(name))
    if (foreign.length > 0 || !isOurs) {
      throw filesDirectory(directory, `it holds ${foreign[0] ?? names[0] ?? 'other files'}`)
    }
    writeFileSync(join(directory, unfinishedName), '')
    // The manifest first and written last: a folder with one is whole.
    removeFiles(directory, [manifestName, ...names.filter((name) => name !== unfinishedName)])
  } catch (error) {
    if (!isFileError(error)) throw error
    throw withCause(filesDirectory(directory, error.message), error)
  }
}

/** Writes the manifest: from then on the folder is whole. */
export function finishDirectory(directory: string, manifest: Manifest): void {
  writeManifest(directory, manifest)
  removeFiles(directory, [unfinishedName])
}

/** Takes files out of a folder, where they are there. */
export function removeFiles(directory: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(directory, name), { force: true })
}

/** The failure that an error of the file system means; anything else stays as it is. */
export function explainFileError(directory: string, error: unknown): unknown {
  return isFileError(error) ? withCause(filesUnwritten(directory, error.message), error) : error
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'errno' in error
}
