import type { FailurePlace } from '../../errors/failure.ts'

/** What became of the reference data of one model. */
export interface ReferenceOutcome {
  readonly model: string
  /** `schema.table`. */
  readonly table: string
  readonly inserted: number
  readonly updated: number
  /** Deleted by hand since the last run, and there again. */
  readonly restored: number
  readonly unchanged: number
  /** Changed by hand since the last run: left alone, or overwritten where that was asked for. */
  readonly changedByHand: readonly ChangedByHand[]
  readonly overwritten: number
  /** Written by an earlier run and no longer declared. */
  readonly removed: { readonly policy: 'keep' | 'report' | 'delete'; readonly rows: number; readonly deleted: number }
  readonly ms: number
}

/** A row whose values in the database are neither those declared nor those of the last run. */
export interface ChangedByHand {
  readonly model: string
  readonly fields: readonly string[]
  /** Where it is declared; empty for a row that is no longer declared and was not deleted because of the change. */
  readonly where: FailurePlace
}
