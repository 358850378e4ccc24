import { type ChildProcess, spawn } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** What a command left behind. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  /** Both streams, in the order in which they were written. */
  readonly output: string
  readonly ms: number
}

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/**
 * Runs the built command in a real process, as `tide <line>` typed in `directory`, without a terminal.
 * No database URL is handed down, so that the embedded PostgreSQL serves.
 * @param during runs while the command does, and may kill its process
 */
export async function runCommand(
  line: string,
  directory: string,
  during?: (child: ChildProcess) => Promise<void>,
): Promise<Outcome> {
  const started = performance.now()
  const { DATABASE_URL: _, ...variables } = process.env
  // A terminal shows progress while it lasts; without one it would stand in the output, so it is left out.
  const child = spawn(process.execPath, [main, ...splitWords(line), '--quiet'], {
    cwd: directory,
    env: { ...variables, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const meanwhile = during?.(child)
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      resolve(code ?? 1)
    })
  })
  await meanwhile
  return { exitCode, stdout, output, ms: Math.round(performance.now() - started) }
}

/** The words of a command line as a POSIX shell splits them: quotes and backslashes, nothing else. */
function splitWords(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g) ?? []
  return words.map((word) =>
    word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, single?: string, double?: string, escaped?: string) => {
      return single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? ''
    }),
  )
}
