import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import type { createJiti } from 'jiti'
import { hidePasswords } from '../postgres/hide-passwords.ts'
import { withCause } from '../errors/failure.ts'
import { defineConfig } from './config.ts'
import { configUnreadable } from './errors.ts'
import { markUnset } from './unset-variable.ts'

/** Environment variables, as they are handed in. */
export type Variables = Readonly<Record<string, string | undefined>>

/** What a config file says, and the variables after it ran: it may have read an `.env` file of its own. */
export interface LoadedConfig {
  readonly value: unknown
  readonly variables: Variables
}

/** The first of these names, each with every extension that JavaScript and TypeScript have. */
export function findConfigFile(directory: string, names: readonly string[]): string | undefined {
  const candidates = names.flatMap((name) => extensions.map((extension) => join(directory, `${name}${extension}`)))
  return candidates.find((candidate) => existsSync(candidate))
}

const extensions = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs']

/**
 * Runs a config file and gives its default export. TypeScript is compiled without a type check, and kept compiled in
 * the cache folder. The file sees exactly the variables handed in, in `process.env`.
 *
 * `prisma/config`, `dotenv/config` and `prisma-tide` are replaced by stand-ins: the real first one alone takes 0.4 s.
 * @param tide what the file may import from `prisma-tide` besides `defineConfig`
 * @throws PROJECT_CONFIG_UNREADABLE
 */
export async function loadConfigFile(
  file: string,
  variables: Variables,
  cacheDirectory: string | undefined,
  tide: Readonly<Record<string, unknown>> = {},
): Promise<LoadedConfig> {
  const previous = turn
  let finished: () => void = () => undefined
  turn = new Promise((resolve) => (finished = resolve))
  await previous
  const before = { ...process.env }
  try {
    replaceEnvironment(variables)
    const value = await evaluate(file, cacheDirectory, tide)
    return { value, variables: { ...process.env } }
  } catch (error) {
    throw withCause(configUnreadable(file, reasonOf(error)), error)
  } finally {
    replaceEnvironment(before)
    finished()
  }
}

/** `process.env` is one for the whole process: files are run one after the other. */
let turn: Promise<void> = Promise.resolve()

async function evaluate(
  file: string,
  cacheDirectory: string | undefined,
  tide: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  // As CommonJS: an import makes Node search 190 kB of minified code for its exports, which takes longer than its run.
  const { createJiti: create } = createRequire(import.meta.url)('jiti') as { createJiti: typeof createJiti }
  const jiti = create(file, {
    fsCache: cacheDirectory ?? false,
    moduleCache: false,
    interopDefault: false,
    virtualModules: { ...standIns, 'prisma-tide': { defineConfig, ...tide } },
  })
  const module = await jiti.import<object>(file)
  const value: unknown = 'default' in module ? module.default : module
  return typeof value === 'function' ? (value as () => unknown)() : value
}

const prismaConfig = {
  defineConfig: (config: unknown): unknown => config,
  // As Prisma's own: an empty variable is none.
  env: (name: string): string => (process.env[name] ?? '') === '' ? markUnset(name) : String(process.env[name]),
}

const standIns = {
  'prisma/config': prismaConfig,
  '@prisma/config': prismaConfig,
  // Its work is done: the variables handed in hold those of the `.env` file.
  'dotenv/config': {},
}

function replaceEnvironment(variables: Variables): void {
  for (const name of Object.keys(process.env)) {
    if (variables[name] === undefined) Reflect.deleteProperty(process.env, name)
  }
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined) process.env[name] = value
  }
}

/** The first line: the compiler's further lines quote the file, in which a password may stand. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return hidePasswords(message.split('\n').find((line) => line.trim() !== '') ?? message)
}
