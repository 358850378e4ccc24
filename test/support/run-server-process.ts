import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { builtProgram } from './built-program.ts'

export interface ServerProcessOptions {
  /** The user to run as; only root may choose. */
  readonly uid?: number
  readonly gid?: number
  /** Put before the command line, such as `unshare -m`. */
  readonly wrapper?: readonly string[]
}

/** Starts `server-process.ts` as a process of its own. Stdout is a pipe. */
export function startServerProcess(args: readonly string[], options: ServerProcessOptions = {}): ChildProcess {
  const { wrapper = [], ...user } = options
  const line = [...wrapper, process.execPath, builtProgram('server-process'), ...args]
  const [program = '', ...rest] = line
  return spawn(program, rest, { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'], ...user })
}

/** Runs it to its end. @returns the JSON document it prints */
export async function runServerProcess(
  args: readonly string[],
  options?: ServerProcessOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const child = startServerProcess(args, options)
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new TypeError(`${args.join(' ')} ended with ${String(code)}: ${output}`)
  return JSON.parse(output) as Readonly<Record<string, unknown>>
}

/** Starts it and waits for its first line: the JSON value it prints before it stays. */
export async function startAndAwaitLine(args: readonly string[]): Promise<{ child: ChildProcess; line: unknown }> {
  const child = startServerProcess(args)
  const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  return { child, line: JSON.parse(chunk.toString('utf8')) }
}

/** Kills without warning, as a crash does, and waits until it is gone. */
export async function crash(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
