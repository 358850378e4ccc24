import { interrupted } from './errors.ts'
import type { SeedReport } from '../seed-report.ts'

/** What a delivery tells, and what tells it to stop. */
export interface Progress {
  readonly signal?: AbortSignal
  readonly report?: SeedReport
  /** True where the whole run is one transaction: what stops it takes all of it back. */
  readonly isWhole?: boolean
}

/** Between two chunks of rows: tells how far a table is. @throws SEED_INTERRUPTED */
export function tellProgress({ signal, report, isWhole }: Progress, table: string, done: number, total: number): void {
  if (signal?.aborted === true) throw interrupted(isWhole)
  report?.({ stage: 'making rows', detail: table, done, total })
}
