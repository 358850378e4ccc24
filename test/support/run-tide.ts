import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a process left behind. */
export interface Run {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly ms: number
}

export interface RunOptions {
  /** The working directory: usually a project made for the test. */
  readonly cwd: string
  /** Added to a clean environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string
  /** Sends SIGINT as soon as stderr holds this text. */
  readonly interruptAt?: string
  /** Runs while the command does; its process is told of it. What it throws, the run throws. */
  readonly during?: (child: ChildProcess) => Promise<void>
}

/** The built command; `npm test` builds it first. */
export const tideBin = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** Runs the built command in a real process, without a terminal, and waits for its end. */
export async function runTide(args: readonly string[], options: RunOptions): Promise<Run> {
  return runProcess(process.execPath, [tideBin, ...args], options)
}

/** Runs the command and reads its one JSON document; fails where stdout holds anything else. */
export async function runTideJson(
  args: readonly string[],
  options: RunOptions,
): Promise<Run & { readonly document: Readonly<Record<string, unknown>> }> {
  const run = await runTide([...args, '--json'], options)
  return { ...run, document: JSON.parse(run.stdout) as Readonly<Record<string, unknown>> }
}

/** Any program, with the same clean environment: what the tests of the repository drive. */
export function runProcess(program: string, args: readonly string[], options: RunOptions): Promise<Run> {
  const startedAt = performance.now()
  const child = spawn(program, args, { cwd: options.cwd, env: runProcessEnvironment(options.env) })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const before = options.interruptAt !== undefined && stderr.includes(options.interruptAt)
    stderr += text
    if (!before && options.interruptAt !== undefined && stderr.includes(options.interruptAt)) child.kill('SIGINT')
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.stdin ?? '')
  return new Promise((resolve, reject) => {
    options.during?.(child).catch(reject)
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ exitCode, stdout, stderr, ms: performance.now() - startedAt })
    })
  })
}

/** Nothing of the machine that runs the tests may change what a command does. */
export function runProcessEnvironment(
  added: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env
  const all = { PATH, HOME, TMPDIR, SystemRoot, ...added }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
