import type { BrakeConfig } from '../../project/config.ts'
import type { AttemptOptions } from '../run/attempts.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'

/** How batches of fixes are worked on. */
export interface BatchSettings extends Omit<AttemptOptions, 'label'> {
  readonly database: DatabaseUrl
  /** How long a batch should take, in milliseconds. */
  readonly targetMs: number
  /** What holds the work while the server is in trouble. */
  readonly brakes: BrakeConfig
}
