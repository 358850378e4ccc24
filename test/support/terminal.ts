import { runProcessEnvironment, tideBin } from './run-tide.ts'

/** A program at a terminal of its own, as a person sees it. */
export interface Terminal {
  /** All that was drawn so far, without colours and cursor movements. */
  readonly screen: () => string
  /** Waits until the screen shows a text that was not there at the last wait. */
  readonly waitFor: (text: string) => Promise<void>
  readonly press: (keys: string) => void
  readonly exitCode: Promise<number>
}

export const keys = { enter: '\r', down: '\u001b[B', escape: '\u001b', ctrlC: '\u0003' }

/** Why there is no terminal on this machine; undefined where there is one. */
export const noTerminal: string | undefined = await import('@lydell/node-pty').then(
  () => undefined,
  () => 'the package node-pty has no build for this machine',
)

/** Runs the built command at a terminal of 100 columns. */
export function openTide(args: readonly string[], options: TerminalOptions): Promise<Terminal> {
  return openTerminal([tideBin, ...args], options)
}

export interface TerminalOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** Runs a Node.js program at a terminal of 100 columns. */
export async function openTerminal(args: readonly string[], { cwd, env }: TerminalOptions): Promise<Terminal> {
  const { spawn } = await import('@lydell/node-pty')
  const environment = { ...runProcessEnvironment(env), TERM: 'xterm-256color' }
  const pty = spawn(process.execPath, [...args], { cols: 100, rows: 40, cwd, env: environment })
  let drawn = ''
  let seen = 0
  let wake = (): void => undefined
  pty.onData((text) => {
    drawn += text
    wake()
  })
  const exitCode = new Promise<number>((resolve) => {
    pty.onExit((exit) => {
      resolve(exit.exitCode)
      wake()
    })
  })
  let hasEnded = false
  void exitCode.then(() => (hasEnded = true))
  const waitFor = async (text: string): Promise<void> => {
    while (!plain(drawn).slice(seen).includes(text)) {
      if (hasEnded) throw new Error(`The program ended before it showed "${text}":\n${plain(drawn)}`)
      await new Promise<void>((resolve) => (wake = resolve))
    }
    seen = plain(drawn).length
  }
  return {
    screen: () => plain(drawn),
    waitFor,
    press: (pressed) => {
      pty.write(pressed)
    },
    exitCode,
  }
}

function plain(drawn: string): string {
  return drawn.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', '')
}
