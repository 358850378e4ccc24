import type { CatalogDifference } from '../postgres/catalog/compare-catalogs.ts'
import type { ScriptError } from './arena/script.ts'
import type { Loss, TriedHazard } from './proof.ts'
import type { RowDifference } from './snapshot/compare-rows.ts'

/** What is not the same in two snapshots. */
export interface Difference {
  readonly catalog: readonly CatalogDifference[]
  readonly rows: readonly RowDifference[]
  /** Columns whose sequence goes on with numbers that rows have already. */
  readonly numbers?: readonly Loss[]
}

/** What a rehearsal of up, down and up again has shown: all that a verdict is made of. */
export interface Measured {
  /** Tables that could be given no rows, with the reason. */
  readonly unfilled: ReadonlyMap<string, string>
  readonly hazards: readonly TriedHazard[]
  /** Why the migration does not run, even without the rows that break it. */
  readonly up?: ScriptError
  /** Why it does not run with rows of which each alone does no harm. */
  readonly together?: ScriptError
  /** Why its data step fails. */
  readonly data?: string
  /** Why nothing leads back from its data step, as it says itself. */
  readonly noWayBack?: string
  /** Why the way back of its data step fails. */
  readonly dataBack?: string
  /** Why the rollback does not run. */
  readonly down?: ScriptError
  /** Columns whose sequence goes on, after the migration, with numbers that rows have already. */
  readonly taken?: readonly Loss[]
  /** What is not as before, after the rollback; absent where there is none, or where it did not run. */
  readonly back?: Difference
  /** What the migration takes away, and no rehearsed row would miss. */
  readonly unshown?: readonly Loss[]
  /** Why the migration does not run a second time. */
  readonly again?: ScriptError
  /** Why its data step fails the second time. */
  readonly dataAgain?: string
  /** What is not as after the first time, after the second. */
  readonly repeated?: Difference
}
