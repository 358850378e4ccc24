import type { Colors } from './colors.ts'
import type { Prompts } from './prompts.ts'

/** A step of long work, as the library reports it: drawn as a bar on a terminal. */
export interface ProgressEvent {
  /** What is being done, as a few words: `applying migrations`. */
  readonly stage: string
  readonly done?: number
  readonly total?: number
  /** The thing at hand: a migration, a table. */
  readonly detail?: string
}

/** What a command may know of the world around it: a plain value, made by main.ts, or by a test. */
export interface Context {
  /** The project's folder, absolute: `--project` or where the command was started. */
  readonly directory: string
  /** `--env`, where it was given. */
  readonly environment: string | undefined
  /** Tide's own. */
  readonly version: string
  /** The environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** A line to stdout while the command runs (to stderr with `--json`). A result is returned, not written. */
  readonly write: (text: string) => void
  /** A line to stderr for the person who watches; silent with `--quiet`. */
  readonly note: (text: string) => void
  readonly json: boolean
  readonly quiet: boolean
  /** `--yes`: yes to every confirmation. It never answers a question about data and never confirms a loss. */
  readonly yes: boolean
  /** Somebody can answer a question: a terminal at both ends, no CI, no `--json`. */
  readonly isInteractive: boolean
  /** Colours for the text of the result. */
  readonly colors: Colors
  readonly prompts: Prompts
  readonly report: (event: ProgressEvent) => void
  /** Aborted at the first Ctrl-C: stop at the next place where stopping leaves nothing half done. */
  readonly signal: AbortSignal
}
