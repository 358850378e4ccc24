import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { RowsPlan } from '../plan-counts.ts'
import type { DeclaredFile } from '../reference/declared.ts'
import { findSeedModule } from '../seed-files.ts'
import type { SeedScene } from '../seed-synthetic.ts'
import type { Place } from './place.ts'
import { tideVersion } from './tide-version.ts'
import { traceModules } from './trace-modules.ts'

/** What is brought into a database: reference data and what is planned of synthetic rows. */
export interface WantedRows {
  readonly files: readonly DeclaredFile[]
  readonly plan: RowsPlan | undefined
}

/**
 * Names all that a result follows from except the database it goes into.
 * @returns undefined where that cannot be known: the clock rolls, or rules look at what is not among the seeds
 */
export function runKey(scene: SeedScene, { files, plan }: WantedRows): string | undefined {
  const { options, environment, now, chance } = scene
  if (environment.clock === 'rolling') return undefined
  const { directory, schema } = options.project
  const generators = findSeedModule(directory, 'generators')
  const isRuled = plan !== undefined && generators !== undefined
  const modules = isRuled ? traceModules(join(directory, 'seed'), generators.path) : []
  if (modules === undefined) return undefined
  const { rules, counts, rows, unmodelled } = plan ?? {}
  return digest({
    tide: tideVersion(),
    schema: schema.files.map(({ text }) => text),
    environment: { ...environment, name: '', file: '' },
    chance,
    now,
    files: files.map(({ text: _, ...file }) => file),
    isPlanned: plan !== undefined,
    counts,
    rows,
    unmodelled,
    personas: [...(rules ?? [])].map(([model, { rows: given }]) => [model, given]),
    modules,
  })
}

/** The key under which a result is kept: of the run, and of what the database must look like. */
export function resultKey(run: string, place: Place): string {
  return digest([run, place.looks])
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, mapsAsLists)).digest('hex')
}

function mapsAsLists(_: string, value: unknown): unknown {
  return value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : value
}
