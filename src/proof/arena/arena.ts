import type { Connection } from '../../postgres/connect.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import type { Script, ScriptError } from './script.ts'

/** Where a migration is tried, over and over: a place that can be taken back to where it was marked. */
export interface Arena extends AsyncDisposable {
  /** Where other sessions find it; undefined where it is one transaction. Another one after `mark` and `reset`. */
  readonly database: DatabaseUrl | undefined
  /** Another one after `mark` and `reset`. */
  readonly connection: Connection
  /** Rows that are put in, changed or taken out before the migration runs; all of it or nothing. */
  change<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>
  /** Runs a script as a migration is run. @returns why it stopped; then nothing of its last commit group is left */
  run(script: Script): Promise<ScriptError | undefined>
  /** Remembers where the database stands. */
  mark(): Promise<void>
  /** Goes back there. */
  reset(): Promise<void>
  /**
   * True once something failed that commits in between would have let pass, or a script ended the session: then all of
   * it counts for nothing, also what was thrown.
   */
  readonly hasStumbled: boolean
}
