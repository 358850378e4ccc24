import type { DatabaseUrl } from '../postgres/database-url.ts'
import type { Project } from '../project/open-project.ts'
import type { FileFormat } from './deliver/files/formats.ts'
import type { SeedReport } from './seed-report.ts'

/** What is seeded, and how. What is left out follows from the environment's contract. */
export interface SeedOptions {
  readonly project: Project
  readonly environment: string
  readonly database: DatabaseUrl
  /** Synthetic rows of every model, whatever the environment says. */
  readonly rows?: number
  /** Also tables that the schema does not model. */
  readonly fromDatabase?: boolean
  /** Only these models. */
  readonly models?: readonly string[]
  readonly referenceOnly?: boolean
  /** Empties the tables first. */
  readonly truncate?: boolean
  /** The database's name, typed again: needed to empty tables that are not on the embedded server. */
  readonly confirm?: string
  /** Nothing is kept. */
  readonly dryRun?: boolean
  /** Reference rows changed by hand get what is declared. */
  readonly overwrite?: boolean
  readonly seed?: string
  readonly workers?: number
  /** Absolute. Synthetic rows go into files there, and not into the database. */
  readonly to?: string
  /** How the files of `to` are written; `copy` where it is left out. */
  readonly format?: FileFormat
  /** Absolute. Synthetic rows are those of the files there. */
  readonly from?: string
  readonly now: number
  readonly signal?: AbortSignal
  readonly report?: SeedReport
}
