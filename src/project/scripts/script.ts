import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type ts from 'typescript'
import { withCause } from '../../errors/failure.ts'
import { fileUnreadable } from '../errors.ts'

/** A file of TypeScript that a user wrote to be run by Tide, and the files of theirs that it imports. */
export interface Script {
  /** Absolute. */
  readonly file: string
  /** The script first, then what it imports by a relative path, directly or not. No packages. */
  readonly sources: readonly ScriptSource[]
  /** SHA-256 in hex of all of them: another hash is another script. */
  readonly hash: string
}

/** A file that belongs to a script. */
export interface ScriptSource {
  readonly path: string
  readonly text: string
}

/**
 * Reads a script with the files that it imports by relative paths. Nothing is run.
 * @throws PROJECT_FILE_UNREADABLE
 */
export function readScript(file: string): Script {
  const sources = new Map<string, string>()
  const waiting = [file]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (sources.has(path)) continue
    const text = readText(path)
    sources.set(path, text)
    waiting.push(...relativeImports(path, text))
  }
  const hash = createHash('sha256')
  for (const text of sources.values()) hash.update(`${String(text.length)}\0${text}`)
  return { file, sources: [...sources].map(([path, text]) => ({ path, text })), hash: hash.digest('hex') }
}

/** TypeScript as Tide brings it, loaded when the first script is read: it takes 0.3 s. */
export function loadTypeScript(): typeof ts {
  return require('typescript') as typeof ts
}

const require = createRequire(import.meta.url)

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw withCause(fileUnreadable(path, error instanceof Error ? error.message : String(error)), error)
  }
}

function relativeImports(path: string, text: string): readonly string[] {
  // The words that every way of importing has; a generated file of 10,000 lines is not read for nothing.
  if (!/\b(import|require|from)\b/.test(text)) return []
  const { importedFiles } = loadTypeScript().preProcessFile(text, true, true)
  return importedFiles.flatMap(({ fileName }) => {
    if (!/^\.{1,2}(\/|$)/.test(fileName)) return []
    const found = candidates(resolve(dirname(path), fileName)).find((one) => existsSync(one) && statSync(one).isFile())
    return found === undefined ? [] : [found]
  })
}

/** What a relative import may mean, as tsx finds it: the file itself, without its extension, as `.js`, or a folder. */
function candidates(base: string): readonly string[] {
  const source = base.replace(/\.([cm]?)js$/, '.$1ts')
  return [source, base, ...extensions.map((one) => base + one), ...extensions.map((one) => join(base, `index${one}`))]
}

const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json']
