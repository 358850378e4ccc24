import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, extname, join, relative, resolve, sep } from 'node:path'
import { withCause } from '../errors/failure.ts'
import { nearestName } from '../errors/nearest-name.ts'
import { checkScript } from '../project/scripts/check-script.ts'
import { loadScript } from '../project/scripts/load-script.ts'
import { readScript } from '../project/scripts/script.ts'
import type { ScriptPlace } from '../project/scripts/script-place.ts'
import type { FixDefinition } from './define-fix.ts'
import { fixExists, fixExport, fixNameInvalid, fixUnknown, fixUnwritable, slugOf } from './errors.ts'
import type { Fix } from './run-fix.ts'
import { ensureTsNodeOptions, fixesFolder } from './ts-node-options.ts'

/** A script that is there. */
export interface FixFile {
  readonly name: string
  /** From the project's folder, with slashes. */
  readonly file: string
  /** As its text says; undefined where that is put together when it runs. */
  readonly description: string | undefined
}

/** The scripts of a project, by their names. None of them is run. */
export async function listFixFiles(directory: string): Promise<readonly FixFile[]> {
  const folder = join(directory, fixesFolder)
  const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : []
  const files = entries.filter((entry) => entry.isFile() && isScript(entry.name)).map((entry) => entry.name)
  return Promise.all(
    files.sort().map(async (name) => ({
      name: basename(name, extname(name)),
      file: `${fixesFolder}/${name}`,
      description: descriptionOf(await readFile(join(folder, name), 'utf8')),
    })),
  )
}

/**
 * Type-checks a script and runs its module; not yet its fix.
 * @param given its name, or its path from where the command was started
 * @throws FIX_UNKNOWN, FIX_EXPORT, PROJECT_SCRIPT_*
 */
export async function loadFix(place: ScriptPlace, given: string, from: string): Promise<Fix> {
  const file = await findFile(place.directory, given, from)
  const script = readScript(file)
  await checkScript(script, place)
  const exported = await loadScript(script, place, { name: 'fix', maker: 'defineFix' })
  const shown = relative(place.directory, file).split(sep).join('/')
  if (!isDefinition(exported)) throw fixExport(shown)
  return { name: basename(file, extname(file)), file: shown, hash: script.hash, definition: exported }
}

/**
 * Writes a script to fill in, and beside the first one what ts-node needs to start it.
 * @returns paths from the project's folder, the script first
 * @throws FIX_EXISTS, FIX_NAME_INVALID, FIX_UNWRITABLE
 */
export async function newFix(directory: string, name: string): Promise<readonly string[]> {
  const slug = slugOf(name)
  if (slug === '') throw fixNameInvalid(name)
  const file = `${fixesFolder}/${slug}.ts`
  try {
    await mkdir(join(directory, fixesFolder), { recursive: true })
    await writeFile(join(directory, file), template(slug), { flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw fixExists(file)
    throw withCause(fixUnwritable(file, error instanceof Error ? error.message : String(error)), error)
  }
  const options = await ensureTsNodeOptions(directory)
  return options === undefined ? [file] : [file, options]
}

async function findFile(directory: string, given: string, from: string): Promise<string> {
  if (isScript(given)) {
    const path = resolve(from, given)
    if (existsSync(path)) return path
  }
  const files = await listFixFiles(directory)
  const wanted = basename(given, isScript(given) ? extname(given) : '')
  const found = files.find(({ name }) => name === wanted)
  if (found === undefined) throw fixUnknown(given, nearestName(wanted, files.map(({ name }) => name)))
  return join(directory, found.file)
}

function isScript(name: string): boolean {
  return /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$/.test(name)
}

function isDefinition(exported: object): exported is FixDefinition {
  return 'run' in exported && typeof exported.run === 'function' && 'description' in exported && typeof exported.description === 'string'
}

/** The first literal after `description:`, without running the file. */
function descriptionOf(text: string): string | undefined {
  const found = /\bdescription:\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`$\\]*)`)/.exec(text)
  return (found?.[1] ?? found?.[2] ?? found?.[3])?.replaceAll(/\\(.)/g, '$1')
}

function template(name: string): string {
  return `import { defineFix } from 'prisma-tide'

// tide fix run ${name}            rehearses it: everything is rolled back
// tide fix run ${name} --apply    keeps what it does, and the rows as they were
// tide fix undo ${name}           takes that back
export const fix = defineFix({
  description: 'says in one sentence what it repairs',
  run: async (tx) => {
    await tx.query('SELECT 1')
  },
})
`
}
