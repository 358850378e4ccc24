import type { Readable, Writable } from 'node:stream'

/** A stream that may be a terminal. */
export type Input = Readable & { readonly isTTY?: boolean }

/** A stream that may be a terminal of a known width. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/** All that a command line needs of the process. main.ts makes the real one; nothing else in Tide touches `process`. */
export interface Machine {
  /** What was typed after `tide`. */
  readonly arguments: readonly string[]
  readonly directory: string
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly nodeVersion: string
  readonly now: () => Date
  /** Calls the listener at each Ctrl-C (SIGINT) and at SIGTERM. */
  readonly onInterrupt: (listener: () => void) => void
  /** Calls the listener with a failure that nobody waits for, which else ends the process. */
  readonly onStray: (listener: (reason: unknown) => void) => void
  /** Ends the process at once: the second Ctrl-C. */
  readonly quit: (exitCode: number) => void
}
