import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { setSourceMapsEnabled } from 'node:process'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'esbuild'
import { withCause } from '../../errors/failure.ts'
import { hidePasswords } from '../../postgres/hide-passwords.ts'
import { cacheUnwritable } from '../errors.ts'
import { scriptExport, scriptUnloadable } from './errors.ts'
import type { Script } from './script.ts'
import { type ScriptPlace, writeImportPaths } from './script-place.ts'

/** Which export of a script is meant, and by which function of `prisma-tide` it is made. */
export interface ScriptExport {
  /** Where there is no default export. */
  readonly name: string
  readonly maker: string
}

/**
 * Runs a script's module and gives what it exports. `checkScript` comes first: types are not looked at here.
 *
 * Compiled with esbuild, which is what tsx compiles with: `tsImport` of tsx finds no import aliases in a package that
 * is CommonJS, and starts a thread. The script and its own files become one module in
 * `.tide/cache/scripts`, whose name follows from their text; packages stay packages, found from the project's folder.
 * @throws PROJECT_SCRIPT_UNLOADABLE, PROJECT_SCRIPT_EXPORT, PROJECT_CACHE_UNWRITABLE
 */
export async function loadScript(script: Script, place: ScriptPlace, wanted: ScriptExport): Promise<object> {
  const exported = await importScript(script, place)
  const value = exported[wanted.name] ?? exported['default']
  if (typeof value !== 'object' || value === null) throw scriptExport(nameIn(place, script), wanted.name, wanted.maker)
  return value
}

type Exports = Readonly<Record<string, unknown>>

/**
 * Runs a script's module and gives everything that it exports; the same text in the same place is run once.
 * @throws PROJECT_SCRIPT_UNLOADABLE, PROJECT_CACHE_UNWRITABLE
 */
export async function importScript(script: Script, place: ScriptPlace): Promise<Exports> {
  const file = nameIn(place, script)
  const folder = join(place.stateDirectory, 'cache', 'scripts')
  const tsconfig = writeImportPaths(place)
  if (tsconfig === undefined) throw cacheUnwritable(folder, 'No file can be made there.')
  // The folder is in the name as well: what is relative to the script is found from where it stands.
  const target = join(folder, `${script.hash.slice(0, 32)}-${Buffer.from(file).toString('hex').slice(-32)}.mjs`)
  try {
    if (!existsSync(target)) await compile(script, tsconfig, target)
    setSourceMapsEnabled(true)
    return (await import(pathToFileURL(target).href)) as Exports
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const line = reason.split('\n').find((one) => one.trim() !== '') ?? reason
    throw withCause(scriptUnloadable(file, hidePasswords(line)), error)
  }
}

function nameIn({ directory }: ScriptPlace, { file }: Script): string {
  return relative(directory, file).split(sep).join('/')
}

async function compile(script: Script, tsconfig: string, target: string): Promise<void> {
  const { build } = require('esbuild') as typeof import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [script.file],
    outfile: target,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'silent',
    tsconfig,
    define: {
      'import.meta.url': 'tideScriptUrl',
      'import.meta.filename': 'tideScriptFile',
      'import.meta.dirname': 'tideScriptFolder',
      __filename: 'tideScriptFile',
      __dirname: 'tideScriptFolder',
    },
    plugins: [ownPlaces],
  })
  mkdirSync(dirname(target), { recursive: true })
  const draft = `${target}.${randomUUID()}.tmp`
  writeFileSync(draft, outputFiles[0]?.text ?? '')
  renameSync(draft, target)
}

const require = createRequire(import.meta.url)

/** Each file keeps the place it stands at, for what it reads relative to itself. */
const ownPlaces: Plugin = {
  name: 'own-places',
  setup: (build) => {
    build.onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
      const places = { tideScriptUrl: pathToFileURL(path).href, tideScriptFile: path, tideScriptFolder: dirname(path) }
      const head = Object.entries(places).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`)
      // In front of the first line, so that lines stay where they are; a line for the shell would be none there.
      const text = readFileSync(path, 'utf8').replace(/^#!/, '//')
      return { contents: head.join('') + text, loader: /\.[cm]?ts$/.test(path) ? 'ts' : 'js' }
    })
  },
}
