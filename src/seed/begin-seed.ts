import type { Connection } from '../postgres/connect.ts'
import type { TableFacts } from '../postgres/tables/table-facts.ts'
import type { CheckedFiles } from './deliver/files/check-files.ts'
import type { Progress } from './deliver/progress.ts'
import { emptyTables } from './empty-tables.ts'
import { loadSeedFilesWithin } from './load-seed-files.ts'
import type { RowsPlan } from './plan-counts.ts'
import { plannedResult } from './planned-result.ts'
import { prepareRun, prepareWithin } from './prepare-run.ts'
import { applyReference } from './reference/apply-reference.ts'
import type { ReferenceOutcome } from './reference/reference-result.ts'
import type { ReferenceSet } from './reference/resolve-set.ts'
import { seedIntoFiles } from './seed-into-files.ts'
import type { SeedRowsResult } from './seed-rows.ts'
import { rowsInput, type SeedScene } from './seed-synthetic.ts'

/** All that can be known to be wrong is known here, before anything is changed. */
export interface PreparedSeed {
  readonly sets: readonly ReferenceSet[]
  readonly toEmpty: readonly TableFacts[]
  readonly plan: RowsPlan | undefined
  /** Files whose rows are loaded instead. */
  readonly loaded: CheckedFiles | undefined
}

/** What the first session has done. */
export interface BegunSeed {
  readonly reference: readonly ReferenceOutcome[]
  /** Synthetic rows: those that went into files, those of a dry run, and those loaded in place of what was emptied. */
  readonly made: SeedRowsResult | undefined
}

/**
 * Empties tables and brings reference data in, where synthetic rows go into the database; else all that there is to do.
 * Files for tables that are emptied are loaded in that transaction: where a row of them is refused, the rows that were
 * there come back.
 */
export async function beginSeed(
  connection: Connection,
  scene: SeedScene,
  prepared: PreparedSeed,
): Promise<BegunSeed> {
  const { sets, plan, toEmpty, loaded } = prepared
  const { to: directory, dryRun = false } = scene.options
  if (dryRun) return look(connection, scene, prepared)
  if (directory !== undefined && plan !== undefined) {
    return { reference: [], made: await seedIntoFiles(connection, scene, { sets, plan, directory }) }
  }
  if (loaded !== undefined && toEmpty.length > 0) {
    let made: SeedRowsResult | undefined
    const reference = await seedReference(connection, scene, prepared, {
      within: async () => {
        made = await loadSeedFilesWithin(connection, loaded, progressOf(scene))
      },
    })
    return { reference, made }
  }
  if (toEmpty.length > 0) await look(connection, scene, prepared)
  return { reference: await seedReference(connection, scene, prepared), made: undefined }
}

/**
 * Does all that comes before synthetic rows and plans these, in a transaction that is taken back: what a dry run tells,
 * and what is tried before tables are emptied.
 */
async function look(connection: Connection, scene: SeedScene, prepared: PreparedSeed): Promise<BegunSeed> {
  const { plan, sets, toEmpty } = prepared
  const isForFiles = scene.options.to !== undefined
  const input = plan === undefined ? undefined : { ...rowsInput(scene, plan), isForEmpty: isForFiles }
  if (sets.length === 0 && toEmpty.length === 0) {
    return { reference: [], made: input && plannedResult(await prepareRun(connection, input)) }
  }
  let made: SeedRowsResult | undefined
  const reference = await seedReference(connection, scene, prepared, {
    dryRun: true,
    within: async () => {
      if (input !== undefined) made = plannedResult(await prepareWithin(connection, input))
    },
  })
  // Files hold synthetic rows alone.
  return { reference: isForFiles ? [] : reference, made }
}

async function seedReference(
  connection: Connection,
  scene: SeedScene,
  { sets, toEmpty, loaded }: PreparedSeed,
  { dryRun = false, within }: { readonly dryRun?: boolean; readonly within?: () => Promise<void> } = {},
): Promise<readonly ReferenceOutcome[]> {
  if (sets.length === 0 && toEmpty.length === 0) return []
  return applyReference(connection, sets, {
    now: scene.now,
    overwrite: scene.options.overwrite ?? false,
    dryRun,
    keys: loaded?.manifest.keys ?? [],
    ...(within === undefined ? {} : { within }),
    before: (one) => emptyTables(one, toEmpty),
    ...progressOf(scene),
  })
}

function progressOf({ options: { signal, report } }: SeedScene): Progress {
  return { ...(signal === undefined ? {} : { signal }), ...(report === undefined ? {} : { report }) }
}
