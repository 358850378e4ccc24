import type { BenchMigration } from '../history.ts'
import type { Command } from '../measure.ts'

/** Another tool that runs SQL migrations. */
export interface Peer {
  readonly name: string
  /** Its version; undefined where it is not installed, with the reason in `missing`. */
  version(): Promise<string | undefined>
  readonly missing?: string
  /** Writes the history in the peer's own form; once, not timed. */
  prepare(directory: string, history: readonly BenchMigration[]): Promise<void>
  /** Runs everything that is pending on the database of this URL. */
  up(directory: string, url: string): Command
}
