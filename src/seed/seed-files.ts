import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { withCause } from '../errors/failure.ts'
import { fileUnreadable } from '../project/errors.ts'
import { findConfigFile, loadConfigFile } from '../project/load-config-file.ts'
import type { Project } from '../project/open-project.ts'
import { ensureStateDirectory } from '../project/state-directory.ts'

/** A file of the folder `seed/`. */
export interface SeedFile {
  /** Absolute. */
  readonly path: string
  /** Relative to the project's folder, with slashes. */
  readonly name: string
  readonly stem: string
  readonly extension: string
}

/** The folder in which a project keeps everything about its seeds. */
const seedFolder = 'seed'

/** The files directly in a folder below `seed/`, by name; none where there is no such folder. */
export function listSeedFiles(directory: string, folder: string): readonly SeedFile[] {
  const path = join(directory, seedFolder, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.d.ts'))
    .map((entry) => describeFile(directory, join(path, entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The names of the folders directly in a folder below `seed/`. */
export function listSeedFolders(directory: string, folder: string): readonly string[] {
  const path = join(directory, seedFolder, folder)
  if (!existsSync(path)) return []
  const entries = readdirSync(path, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
}

/** `seed/generators` with any extension of a module. */
export function findSeedModule(directory: string, name: string): SeedFile | undefined {
  const path = findConfigFile(join(directory, seedFolder), [name])
  return path === undefined ? undefined : describeFile(directory, path)
}

/** @throws PROJECT_FILE_UNREADABLE */
export function readSeedText(file: SeedFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file.path))
  } catch (error) {
    throw withCause(fileUnreadable(file.name, error instanceof Error ? error.message : String(error)), error)
  }
}

/**
 * Runs a module of `seed/` and gives what it exports: under this name, or by default.
 * @param tide what it may import from `prisma-tide`
 * @throws PROJECT_CONFIG_UNREADABLE
 */
export async function loadSeedModule(
  project: Pick<Project, 'stateDirectory' | 'variables'>,
  file: SeedFile,
  name: string,
  tide: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { stateDirectory: state, variables } = project
  const cache = ensureStateDirectory(state) ? join(state, 'cache', 'config') : undefined
  const { value } = await loadConfigFile(file.path, variables, cache, tide)
  return isRecord(value) && name in value ? value[name] : value
}

/** Writes a file of `seed/` where it is not what it should be; a folder that takes no file is left as it is. */
export function writeSeedFile(directory: string, name: string, text: string): boolean {
  const path = join(directory, seedFolder, name)
  try {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) return false
    writeFileSync(path, text)
    return true
  } catch {
    return false
  }
}

function describeFile(directory: string, path: string): SeedFile {
  const name = relative(directory, path).split(sep).join('/')
  const last = name.slice(name.lastIndexOf('/') + 1)
  const dot = last.lastIndexOf('.')
  return { path, name, stem: dot <= 0 ? last : last.slice(0, dot), extension: dot <= 0 ? '' : last.slice(dot + 1) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
