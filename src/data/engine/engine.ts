import type { ApplyPorts, Report } from '../../apply/ports.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import type { BrakeConfig } from '../../project/config.ts'
import type { ScriptPlace } from '../../project/scripts/script-place.ts'

/** How data steps are worked on. */
export interface EngineOptions {
  readonly database: DatabaseUrl
  /** Where the scripts belong. */
  readonly place: ScriptPlace
  /** Sessions of this process that work at the same time. Default 2. */
  readonly workers?: number
  /** How long a batch should take, in milliseconds: its size is steered to it. Default 100. */
  readonly targetMs?: number
  /** How long a statement waits for a lock before its batch makes way. Default 200. */
  readonly lockTimeoutMs?: number
  /** How long a batch is tried again while locks or the connection stand in its way. Default 60 000. */
  readonly retryBudgetMs?: number
  /** What holds the work. */
  readonly brakes?: BrakeConfig
  readonly report?: Report
  /** Stops the work between two batches. */
  readonly signal?: AbortSignal
  readonly ports?: ApplyPorts
}

/** The same with every default filled in. */
export interface Engine {
  readonly database: DatabaseUrl
  readonly place: ScriptPlace
  readonly workers: number
  readonly targetMs: number
  readonly lockTimeoutMs: number
  readonly retryBudgetMs: number
  readonly brakes: BrakeConfig
  readonly report: Report
  readonly signal: AbortSignal
  readonly ports: ApplyPorts
}

/** More rows than these that cannot be changed are no exceptions: the step is wrong. */
export const mostQuarantined = 20
