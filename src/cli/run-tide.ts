import { resolve } from 'node:path'
import { isFailure } from '../errors/failure.ts'
import { type Colors, colorsFor } from './colors.ts'
import type { CommandResult } from './command.ts'
import type { CommandEntry } from './commands.ts'
import type { Context } from './context.ts'
import { interrupted } from './errors.ts'
import { exitCodeOf, interruptedExitCode } from './exit-code.ts'
import { commandName, type Invocation, readInvocation } from './invocation.ts'
import type { Machine } from './machine.ts'
import { createPrompts } from './prompts.ts'
import { bugDocument, renderBug } from './render/bug.ts'
import { failureDocument, renderFailure } from './render/failure.ts'
import { createProgress, type Progress } from './render/progress.ts'

/**
 * Runs one command line on a machine: reads it, runs its command, writes the result or the failure.
 * Never throws; answers the exit code (see `ExitCode`, and 130 where it was interrupted).
 */
export async function runTide(machine: Machine, table: readonly CommandEntry[], version: string): Promise<number> {
  const has = (flag: string): boolean => machine.arguments.includes(flag)
  const json = has('--json')
  const noteColors = colorsFor(machine.stderr, machine.variables, has('--no-color'))
  const colors = colorsFor(machine.stdout, machine.variables, has('--no-color'))
  const progress = createProgress({
    output: machine.stderr,
    colors: noteColors,
    now: machine.now,
    silent: has('--quiet'),
  })
  const note = (text: string): void => {
    progress.clear()
    if (!has('--quiet')) machine.stderr.write(`${text}\n`)
  }
  const signal = signalOf(machine, note)
  const stray = new Promise<never>((_, reject) => {
    machine.onStray(reject)
  })
  stray.catch(() => undefined)
  let command = 'tide'
  try {
    const named = commandName(machine.arguments)
    void table.find(({ name }) => name === named)?.ahead?.()
    const invocation = await readInvocation(machine.arguments, table, { colors, columns: machine.stdout.columns ?? 80 })
    if (invocation.kind === 'help') {
      writeResult(machine, json, { document: { help: invocation.text }, text: invocation.text })
      return 0
    }
    command = `tide ${invocation.command.name}`
    const context = createContext(machine, invocation, { version, json, colors, progress, note, signal })
    const result = await Promise.race([invocation.command.run(context, invocation.input), stray])
    progress.clear()
    writeResult(machine, json, result)
    return result.exitCode ?? 0
  } catch (error) {
    progress.clear()
    const scene = { version, nodeVersion: machine.nodeVersion, command }
    if (json) {
      writeDocument(machine, isFailure(error) ? failureDocument(error) : bugDocument(error, scene))
    } else {
      machine.stderr.write(isFailure(error) ? renderFailure(error, noteColors) : renderBug(error, scene, noteColors))
      if (machine.variables['TIDE_DEBUG'] === '1') machine.stderr.write(causes(error))
    }
    // Whatever an interrupted command says of where it stopped, it was stopped.
    return signal.aborted && isFailure(error) ? interruptedExitCode : exitCodeOf(error)
  }
}

interface Screen {
  readonly version: string
  readonly json: boolean
  readonly colors: Colors
  readonly progress: Progress
  readonly note: (text: string) => void
  readonly signal: AbortSignal
}

function createContext(machine: Machine, invocation: Extract<Invocation, { kind: 'command' }>, screen: Screen): Context {
  const { common } = invocation
  const { version, json, progress, note, signal, colors } = screen
  const yes = common.yes ?? false
  const isInteractive = !json && canAsk(machine)
  return {
    directory: resolve(machine.directory, common.project ?? '.'),
    environment: common.env,
    version,
    variables: machine.variables,
    now: machine.now,
    write: (text) => {
      progress.clear()
      const stream = json ? machine.stderr : machine.stdout
      stream.write(`${text}\n`)
    },
    note,
    json,
    quiet: common.quiet ?? false,
    yes,
    isInteractive,
    colors,
    prompts: createPrompts({
      isInteractive,
      yes,
      streams: () => ({ input: machine.stdin, output: machine.stderr }),
      beforeAsking: progress.clear,
    }),
    report: progress.report,
    signal,
  }
}

/** The first Ctrl-C asks the command to stop where nothing is left half done; the second does not wait for it. */
function signalOf(machine: Machine, note: (text: string) => void): AbortSignal {
  const controller = new AbortController()
  machine.onInterrupt(() => {
    if (controller.signal.aborted) {
      machine.quit(interruptedExitCode)
      return
    }
    controller.abort(interrupted())
    note('Stopping after the current step. Press Ctrl-C again to quit at once.')
  })
  return controller.signal
}

function canAsk(machine: Machine): boolean {
  const ci = machine.variables['CI']
  const isCi = ci !== undefined && ci !== '' && ci !== 'false' && ci !== '0'
  return !isCi && machine.stderr.isTTY === true && machine.stdin.isTTY === true
}

function writeResult(machine: Machine, json: boolean, result: CommandResult): void {
  if (json) {
    writeDocument(machine, result.document)
    return
  }
  const text = typeof result.text === 'string' ? result.text : result.text.join('\n')
  if (text !== '') machine.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

function writeDocument(machine: Machine, document: object): void {
  machine.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
}

function causes(error: unknown): string {
  const lines: string[] = []
  for (let one: unknown = error; one instanceof Error; one = one.cause) lines.push(one.stack ?? one.message)
  return `${lines.join('\ncaused by ')}\n`
}
