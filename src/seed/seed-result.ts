import type { CoverReport } from './cover/judge-cover.ts'
import type { ChangedByHand, ReferenceOutcome } from './reference/reference-result.ts'
import type { SeedRowsResult } from './seed-rows.ts'

/** What `seed` did. */
export interface SeedResult {
  readonly environment: string
  readonly models: readonly SeededModel[]
  /** Rows written: reference and synthetic. */
  readonly rows: number
  /** Reference rows that were changed by hand since the last run. */
  readonly changedByHand: readonly ChangedByHand[]
  /** True where these were given what is declared, as was asked for. */
  readonly overwritten: boolean
  /** True where all of it was taken back. */
  readonly dryRun: boolean
  /** True where the rows are a copy of those of an earlier run that was asked for the same. */
  readonly cloned?: boolean
  /** What the synthetic rows cover, where they are to cover everything. */
  readonly cover?: CoverReport
  /** The folder with the synthetic rows, where they went into files. */
  readonly files?: string
  readonly ms: number
}

/** What became of one model, or of a table that no model stands for. */
export interface SeededModel {
  readonly model: string
  /** Reference rows written: inserted, restored, updated or overwritten. */
  readonly reference: number
  readonly inserted: number
  readonly updated: number
  readonly restored: number
  /** Reference rows no longer declared, and how many of them were deleted. */
  readonly removed: number
  readonly deleted: number
  /** Synthetic rows made. */
  readonly generated: number
  /** Rows that are as an earlier run left them. */
  readonly unchanged: number
  readonly changedByHand: number
  readonly notes: readonly string[]
  readonly ms: number
}

interface SeedOutcomes {
  readonly environment: string
  readonly reference: readonly ReferenceOutcome[]
  readonly rows: SeedRowsResult | undefined
  readonly dryRun: boolean
  readonly files?: string
  readonly ms: number
}

/** Puts what became of reference data and of synthetic rows together, model by model. */
export function seedResult({ environment, reference, rows, dryRun, files, ms }: SeedOutcomes): SeedResult {
  const models = new Map<string, SeededModel>(reference.map((outcome) => [outcome.model, ofReference(outcome)]))
  for (const table of rows?.tables ?? []) {
    const name = table.model ?? table.table
    const before = models.get(name) ?? { ...nothing, model: name }
    models.set(name, {
      ...before,
      generated: before.generated + (table.state === 'filled' ? table.rows : 0),
      unchanged: before.unchanged + (table.state === 'filled' ? 0 : table.rows),
      notes: [...before.notes, ...table.notes],
      ms: before.ms + table.ms,
    })
  }
  const all = [...models.values()]
  return {
    environment,
    models: all,
    rows: all.reduce((sum, model) => sum + model.reference + model.generated, 0),
    changedByHand: reference.flatMap((outcome) => outcome.changedByHand),
    overwritten: reference.some((outcome) => outcome.overwritten > 0),
    dryRun,
    ...(rows?.cover === undefined ? {} : { cover: rows.cover }),
    ...(files === undefined ? {} : { files }),
    ms,
  }
}

/** What an earlier run did, as it was done again by a copy. */
export function clonedResult(
  earlier: SeedResult,
  { environment, ms }: Pick<SeedResult, 'environment' | 'ms'>,
): SeedResult {
  return { ...earlier, environment, models: earlier.models.map((model) => ({ ...model, ms: 0 })), cloned: true, ms }
}

const nothing: Omit<SeededModel, 'model'> = {
  reference: 0,
  inserted: 0,
  updated: 0,
  restored: 0,
  removed: 0,
  deleted: 0,
  generated: 0,
  unchanged: 0,
  changedByHand: 0,
  notes: [],
  ms: 0,
}

function ofReference(outcome: ReferenceOutcome): SeededModel {
  const { model, inserted, updated, restored, overwritten, unchanged, removed, changedByHand, ms } = outcome
  return {
    ...nothing,
    model,
    reference: inserted + updated + restored + overwritten,
    inserted,
    updated: updated + overwritten,
    restored,
    removed: removed.rows,
    deleted: removed.deleted,
    unchanged,
    changedByHand: changedByHand.length,
    ms,
  }
}
