import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** A module and its text. */
export interface TracedModule {
  /** Relative to the folder. */
  readonly name: string
  readonly text: string
}

/**
 * A module of a folder with all that it imports from there.
 * @returns undefined where what it gives may follow from anything else: packages, files outside the folder, variables,
 * the time, chance
 */
export function traceModules(directory: string, file: string): readonly TracedModule[] | undefined {
  const root = realpathSync(directory)
  const found = new Map<string, TracedModule>()
  const open = [realpathSync(file)]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const name = relative(root, path).split(sep).join('/')
    if (found.has(name)) continue
    if (name.startsWith('../')) return undefined
    const text = readFileSync(path, 'utf8')
    if (looksElsewhere.test(text)) return undefined
    found.set(name, { name, text })
    for (const specifier of importsOf(text)) {
      if (specifier === 'prisma-tide') continue
      const target = specifier.startsWith('.') ? resolveModule(join(dirname(path), specifier)) : undefined
      if (target === undefined) return undefined
      open.push(target)
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Read as text and not as code: a word in a comment costs no more than a run that is done the usual way. */
const looksElsewhere =
  /\b(?:process|require|module|globalThis|global|fetch|eval|performance|crypto|Intl)\b|\bimport\s*[.(]|\bMath\s*\.\s*random|\bDate\s*\.\s*now|\bDate\s*\(\s*\)|\bnew\s+Date\s*(?!\s*\()|\btoLocale\w*/

function importsOf(text: string): readonly string[] {
  const withoutTypes = text.replace(/\b(?:import|export)\s+type\b[^'"]*?\bfrom\s*(['"])[^'"]*\1/g, '')
  return [...withoutTypes.matchAll(/\b(?:from|import)\s*['"]([^'"]*)['"]/g)].map(([, specifier = '']) => specifier)
}

function resolveModule(path: string): string | undefined {
  const names = [path, ...extensions.map((extension) => `${path}${extension}`), path.replace(/\.(?=[cm]?js$)(.)?js$/, '.$1ts')]
  const target = names.find((name) => existsSync(name) && statSync(name).isFile())
  return target === undefined ? undefined : realpathSync(target)
}

const extensions = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.json', '/index.ts', '/index.js']
