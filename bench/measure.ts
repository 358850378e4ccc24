import { spawn } from 'node:child_process'

/** One run of a command as a whole process, from before it is started until it has ended. */
export interface Run {
  readonly ms: number
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly directory: string
  readonly variables?: Readonly<Record<string, string>>
}

/** Runs a command and takes its time. An exit code that is not among `expected` stops the benchmark. */
export async function run(command: Command, expected: readonly number[] = [0]): Promise<Run> {
  const started = process.hrtime.bigint()
  const result = await new Promise<Run>((resolve, reject) => {
    const child = spawn(command.program, command.args, {
      cwd: command.directory,
      env: { ...process.env, ...command.variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    let ms = 0
    child.on('exit', () => (ms = Number(process.hrtime.bigint() - started) / 1e6))
    child.on('close', (code) => resolve({ ms, exitCode: code ?? -1, stdout, stderr }))
  })
  if (!expected.includes(result.exitCode)) {
    const words = [command.program, ...command.args].join(' ')
    throw new Error(`${words} ended with ${String(result.exitCode)}\n${result.stdout}\n${result.stderr}`)
  }
  return result
}

/** What several runs of one thing took, in milliseconds. */
export interface Measurement {
  readonly name: string
  readonly runs: readonly number[]
}

/** Measures `count` runs; `prepare` and `tidy` stand around each and are not timed. */
export async function measure(
  name: string,
  count: number,
  command: () => Promise<Command>,
  tidy: () => Promise<void> = () => Promise.resolve(),
  expected?: readonly number[],
): Promise<Measurement> {
  const runs: number[] = []
  for (let index = 0; index < count; index++) {
    const prepared = await command()
    const { ms } = await run(prepared, expected)
    runs.push(ms)
    await tidy()
  }
  process.stderr.write(`${name}: ${runs.map((ms) => ms.toFixed(0)).join(' ')} ms\n`)
  return { name, runs }
}

/** How many times as long as the base, the runs of one round against each other: the middle of the rounds. */
export function medianRatio(measurement: Measurement, base: Measurement): number {
  const runs = measurement.runs.map((ms, round) => ms / (base.runs[round] ?? Number.NaN))
  return median({ name: 'ratio', runs })
}

/** The middle of the runs. */
export function median(measurement: Measurement): number {
  const sorted = [...measurement.runs].sort((left, right) => left - right)
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1] ?? 0
  const high = sorted[Math.floor(middle)] ?? low
  return (low + high) / 2
}
