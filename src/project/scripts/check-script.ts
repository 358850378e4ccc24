import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { join, relative, sep } from 'node:path'
import type { Service, TSError } from 'ts-node'
import type ts from 'typescript'
import { createFileCache } from '../file-cache.ts'
import { ensureStateDirectory } from '../state-directory.ts'
import { scriptTypes, type ScriptProblem } from './errors.ts'
import { loadTypeScript, type Script } from './script.ts'
import { type ImportPaths, importPaths, type ScriptPlace } from './script-place.ts'

/**
 * Type-checks a script and the files it imports by relative paths, in memory; nothing of it is run. 2 s the first time;
 * the same text is known to be right afterwards (`.tide/cache/scripts`). Types of packages count as they are at the
 * first time.
 * @throws PROJECT_SCRIPT_TYPES with file, line and column of the first mistake, and all of them in `meta.problems`
 */
export async function checkScript(script: Script, place: ScriptPlace): Promise<void> {
  const cache = ensureStateDirectory(place.stateDirectory)
    ? createFileCache(join(place.stateDirectory, 'cache', 'scripts'))
    : undefined
  const paths = importPaths(place, 'types')
  const inputs = [formatVersion, loadTypeScript().version, paths, script.hash]
  const key = createHash('sha256').update(JSON.stringify(inputs)).digest('hex')
  if ((await cache?.get(`checked-${key}`)) !== undefined) return
  const problems = findProblems(script, place, paths)
  const [first] = problems
  if (first !== undefined) throw scriptTypes(first, problems)
  // A cache that cannot be written costs time only.
  await cache?.set(`checked-${key}`, `${script.file}\n`).catch(() => undefined)
}

/** Goes up when other mistakes are found in the same text. */
const formatVersion = 1

function findProblems(script: Script, place: ScriptPlace, paths: ImportPaths): readonly ScriptProblem[] {
  const service = serviceOf(place, paths)
  const problems: ScriptProblem[] = []
  for (const { path, text } of script.sources) {
    if (!/\.[cm]?ts$/.test(path) || path.endsWith('.d.ts') || isGenerated(text)) continue
    try {
      service.compile(text, path)
    } catch (error) {
      if (!isTypeError(error)) throw error
      problems.push(...error.diagnostics.map((one) => describe(one, path, place.directory)))
    }
  }
  return problems
}

/** A generated client says so, and is checked by those who generate it. */
function isGenerated(text: string): boolean {
  return /^\s*(\/\*[\s\S]*?\*\/\s*)*(\/\/.*\s*)*\/\/ ?@ts-nocheck/.test(text.slice(0, 2000))
}

/** A command has one place: its types of packages are read once, however many scripts are checked. */
const services = new WeakMap<ScriptPlace, Service>()

function serviceOf(place: ScriptPlace, paths: ImportPaths): Service {
  const service = services.get(place) ?? createService(place, paths)
  services.set(place, service)
  return service
}

const require = createRequire(import.meta.url)

function createService({ directory }: ScriptPlace, paths: ImportPaths): Service {
  const { create } = require('ts-node') as typeof import('ts-node')
  return create({
    cwd: directory,
    skipProject: true,
    logError: false,
    pretty: false,
    // The TypeScript that Tide is tested with, not the one that the project happens to have.
    compiler: require.resolve('typescript'),
    compilerOptions: {
      strict: true,
      target: 'es2023',
      lib: ['es2023', 'esnext.disposable', 'dom'],
      module: 'preserve',
      moduleResolution: 'bundler',
      rewriteRelativeImportExtensions: true,
      resolveJsonModule: true,
      esModuleInterop: true,
      isolatedModules: true,
      skipLibCheck: true,
      paths,
    },
  })
}

function isTypeError(error: unknown): error is TSError {
  return error instanceof Error && error.name === 'TSError' && 'diagnostics' in error
}

function describe(diagnostic: ts.Diagnostic, path: string, directory: string): ScriptProblem {
  const message = loadTypeScript().flattenDiagnosticMessageText(diagnostic.messageText, '\n')
  const file = relative(directory, diagnostic.file?.fileName ?? path).split(sep).join('/')
  if (diagnostic.file === undefined || diagnostic.start === undefined) return { file, line: 1, column: 1, message }
  const { line, character } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start)
  const text = diagnostic.file.text.split('\n')[line]?.trimEnd() ?? ''
  const number = String(line + 1)
  const excerpt = `${number} | ${text}\n${' '.repeat(number.length)} | ${' '.repeat(character)}^`
  return { file, line: line + 1, column: character + 1, message, code: `TS${String(diagnostic.code)}`, excerpt }
}
