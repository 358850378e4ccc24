import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureStateDirectory } from '../state-directory.ts'
import { loadTypeScript } from './script.ts'

/** Where scripts live: the project they belong to. */
export interface ScriptPlace {
  /** The project's folder. */
  readonly directory: string
  /** `.tide` of the project. */
  readonly stateDirectory: string
}

/** Import aliases, as `compilerOptions.paths` of a tsconfig.json has them; every target is absolute. */
export type ImportPaths = Readonly<Record<string, readonly string[]>>

/**
 * What scripts may import by names of the project's tsconfig.json, and `prisma-tide` as this very copy of Tide: of the
 * project's compiler options only `paths` counts, so that a script does not cease to compile when others change.
 * @param kind what `prisma-tide` stands for: its types, or the module that is run
 */
export function importPaths({ directory }: ScriptPlace, kind: 'types' | 'module'): ImportPaths {
  return { ...projectPaths(directory), 'prisma-tide': [definitionsFile(kind)] }
}

/** The paths as a file, which is how tsx takes them. Undefined where the project's folder cannot be written. */
export function writeImportPaths(place: ScriptPlace): string | undefined {
  if (!ensureStateDirectory(place.stateDirectory)) return undefined
  const file = join(place.stateDirectory, 'cache', 'scripts', 'tsconfig.json')
  const text = `${JSON.stringify({ compilerOptions: { paths: importPaths(place, 'module') } }, null, 2)}\n`
  try {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return file
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  } catch {
    return undefined
  }
}

function projectPaths(directory: string): ImportPaths {
  const file = join(directory, 'tsconfig.json')
  if (!existsSync(file)) return {}
  const ts = loadTypeScript()
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
  const parsed = ts.getParsedCommandLineOfConfigFile(file, {}, host)
  const paths = parsed?.options.paths ?? {}
  const base = parsed?.options.baseUrl ?? parsed?.options['pathsBasePath']
  const from = typeof base === 'string' ? base : directory
  const absolute = (targets: readonly string[]): readonly string[] => targets.map((one) => resolve(from, one))
  return Object.fromEntries(Object.entries(paths).map(([name, targets]) => [name, absolute(targets)]))
}

/** The small part of the library that scripts are written with; the whole of it would take a second to load. */
function definitionsFile(kind: 'types' | 'module'): string {
  const here = import.meta.url
  // Run from its sources, Tide is one file per module; built, this stands in dist/ or in dist/chunks/.
  if (here.endsWith('.ts')) return fileURLToPath(new URL('../../scripts.ts', here))
  const folder = dirname(fileURLToPath(here)).replace(/([/\\]dist)[/\\].*$/, '$1')
  return join(folder, kind === 'types' ? 'scripts.d.ts' : 'scripts.js')
}
