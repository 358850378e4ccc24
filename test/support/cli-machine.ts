import { PassThrough } from 'node:stream'
import type { CommandEntry } from '../../src/cli/commands.ts'
import type { Command, CommandGroup } from '../../src/cli/command.ts'
import type { Machine } from '../../src/cli/machine.ts'
import { runTide } from '../../src/cli/run-tide.ts'

export interface MachineOptions {
  readonly directory?: string
  readonly variables?: Readonly<Record<string, string | undefined>>
  /** Both ends are a terminal. */
  readonly terminal?: boolean
  /** Milliseconds that pass between two readings of the clock. */
  readonly tick?: number
}

/** A machine whose streams are kept in memory, and what it takes to press keys on it. */
export function createMachine(words: readonly string[], options: MachineOptions = {}) {
  const tty = { isTTY: options.terminal ?? false, columns: 100 }
  const stdin = Object.assign(new PassThrough(), tty, { setRawMode: () => undefined })
  const stdout = Object.assign(new PassThrough(), tty)
  const stderr = Object.assign(new PassThrough(), tty)
  const listeners: (() => void)[] = []
  const strays: ((reason: unknown) => void)[] = []
  const quits: number[] = []
  const tick = options.tick ?? 0
  let at = Date.UTC(2026, 10, 22) - tick
  const machine: Machine = {
    arguments: words,
    directory: options.directory ?? '/project',
    variables: options.variables ?? {},
    stdin,
    stdout,
    stderr,
    nodeVersion: '20.19.0',
    now: () => new Date((at += tick)),
    onInterrupt: (listener) => listeners.push(listener),
    onStray: (listener) => strays.push(listener),
    quit: (exitCode) => quits.push(exitCode),
  }
  const interrupt = (): void => {
    for (const listener of listeners) listener()
  }
  const stray = (reason: unknown): void => {
    for (const listener of strays) listener(reason)
  }
  return { machine, stdin, stdout, stderr, interrupt, stray, quits }
}

/** The lines of the table for commands made by a test. */
export function tableOf(...commands: readonly (Command | CommandGroup)[]): readonly CommandEntry[] {
  return commands.map((command) => ({
    name: command.name,
    summary: command.summary,
    group: 'Migrations',
    load: () => Promise.resolve({ command }),
  }))
}

/** Runs a command line in this process, over commands made by the test. */
export async function runCommands(
  words: readonly string[],
  commands: readonly (Command | CommandGroup)[],
  options: MachineOptions = {},
) {
  const { machine, stdout, stderr } = createMachine(words, options)
  const exitCode = await runTide(machine, tableOf(...commands), '1.2.3')
  return { exitCode, stdout: read(stdout), stderr: read(stderr) }
}

function read(stream: PassThrough): string {
  return String(stream.read() ?? '')
}
