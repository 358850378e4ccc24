import { join } from 'node:path'
import { loadRehearsedStep, type RehearsedStep } from '../data/rehearsed-step.ts'
import { extensionMissing } from '../history/errors.ts'
import { missingExtension } from '../history/explain-broken-history.ts'
import type { Migration } from '../history/read-history.ts'
import type { Catalog } from '../postgres/catalog/catalog.ts'
import { asCopied } from '../postgres/catalog/of-the-server.ts'
import type { Connection } from '../postgres/connect.ts'
import type { Rehearsal, Rehearsals } from '../postgres/rehearsal/rehearsals.ts'
import type { ScriptPlace } from '../project/scripts/script-place.ts'
import { unreadCode } from './adversarial/unread.ts'
import { openCloneArena } from './arena/clone-arena.ts'
import { fitsInside, readScript, type Script } from './arena/script.ts'
import { hasWaitingConstraints, openTransactionArena } from './arena/transaction-arena.ts'
import { beyondRollback } from './beyond-rollback.ts'
import { judge } from './judge.ts'
import type { Measured } from './measured.ts'
import type { Proof, ProofInputs } from './proof.ts'
import { rehearseMigration } from './rehearse-migration.ts'

/** A database that stands where the migration begins, and is left as it is found. */
export interface ProofPlace {
  /** Where names without a schema are looked for. */
  readonly schema: string
  connection(): Promise<Connection>
  catalog(): Promise<Catalog>
  /** A fresh rehearsal that stands there as well. */
  copy(): Promise<Rehearsal>
}

/** Which migration is proven, and how. */
export interface ProofTask {
  readonly migration: Pick<Migration, 'hasData' | 'name' | 'directory' | 'sql' | 'down' | 'downDirectives'>
  readonly inputs: ProofInputs
  /** Rows that each table is given. */
  readonly rows: number
  readonly rehearsals: Pick<Rehearsals, 'copy'>
  /** Where data steps belong, so that they are run; left out, they are not, and the proof says so. */
  readonly scripts?: ScriptPlace
}

/** How many rows each table gets where nothing is said. */
export const usualRows = 10

/**
 * Rehearses one migration and judges: within one transaction that is rolled back wherever that is possible, else in
 * a copy of the database.
 * @throws REHEARSAL_EXTENSION_MISSING, REHEARSAL_*; of the data step PROJECT_SCRIPT_*, DATA_STEP_INVALID
 */
export async function proveMigration(place: ProofPlace, task: ProofTask): Promise<Proof> {
  const { migration, rows, inputs } = task
  const up = await readScript(migration.sql, join(migration.directory, 'migration.sql'))
  const { down: text } = migration
  const down = text === undefined ? undefined : await readScript(text, join(migration.directory, 'down.sql'))
  const step = await loadDataStep(task)
  const measured = await measure(place, task, { up, down, step })
  const extension = missingExtension(measured.up?.message ?? '')
  // That says something of the server, and nothing of the migration.
  if (extension !== undefined) {
    throw extensionMissing(extension, migration.name, { file: up.file, line: measured.up?.line ?? 1 })
  }
  const claims = migration.downDirectives.flatMap(({ verb, values }) =>
    verb === 'incomplete' ? [values['reason'] ?? ''] : [],
  )
  const judgement = judge(measured, { hasDown: down !== undefined, claims, beyond: beyondRollback(up, down) })
  const notes = [
    ...judgement.notes,
    ...(migration.hasData && step === undefined ? [dataStepNote] : []),
    ...unreadCode(up.statements),
  ]
  return { format: 1, ...judgement, notes, hazards: measured.hazards, rows, inputs }
}

/** A proof says what it did not try. */
const dataStepNote = 'its data step was not run: the proof is of migration.sql and down.sql'

function loadDataStep({ migration, scripts }: ProofTask): Promise<RehearsedStep | undefined> {
  if (!migration.hasData || scripts === undefined) return Promise.resolve(undefined)
  return loadRehearsedStep(migration, scripts)
}

interface Scripts {
  readonly up: Script
  readonly down: Script | undefined
  readonly step: RehearsedStep | undefined
}

async function measure(place: ProofPlace, { rows, rehearsals }: ProofTask, scripts: Scripts): Promise<Measured> {
  const catalog = await place.catalog()
  // The sessions of a data step see what is committed alone.
  const { up, down, step } = scripts
  const isInside = step === undefined && fitsInside(up) && (down === undefined || fitsInside(down))
  if (isInside && !hasWaitingConstraints(catalog)) {
    await using arena = await openTransactionArena(await place.connection(), catalog)
    try {
      const measured = await rehearseMigration(arena, { ...scripts, rows, catalog, schema: place.schema })
      if (!arena.hasStumbled) return measured
    } catch (error) {
      if (!arena.hasStumbled) throw error
    }
  }
  await using arena = await openCloneArena(rehearsals, await place.copy())
  return await rehearseMigration(arena, { ...scripts, rows, catalog: asCopied(catalog), schema: place.schema })
}
