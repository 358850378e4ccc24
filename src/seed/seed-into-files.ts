import type { Connection } from '../postgres/connect.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { applyReference } from './reference/apply-reference.ts'
import type { ReferenceSet } from './reference/resolve-set.ts'
import type { RowsPlan } from './plan-counts.ts'
import type { SeedRowsResult } from './seed-rows.ts'
import { rowsInput, type SeedScene } from './seed-synthetic.ts'
import { writeSeedFiles } from './write-seed-files.ts'

/** What goes into files, and where. */
export interface FilesWanted {
  readonly sets: readonly ReferenceSet[]
  readonly plan: RowsPlan
  /** Absolute. */
  readonly directory: string
}

/**
 * Writes the synthetic rows of an environment as files and changes nothing in the database. Rows may point to reference
 * data that is not there yet: it is written in a transaction, seen from there, and taken back.
 */
export async function seedIntoFiles(
  connection: Connection,
  scene: SeedScene,
  { sets, plan, directory }: FilesWanted,
): Promise<SeedRowsResult> {
  const { options, environment, now } = scene
  const { overwrite = false, format = 'copy', signal, report } = options
  const target = { directory, format, environment: environment.name }
  const write = (): Promise<SeedRowsResult> => writeSeedFiles(connection, rowsInput(scene, plan), target)
  if (sets.length === 0) return inTransaction(connection, write)
  const written: SeedRowsResult[] = []
  await applyReference(connection, sets, {
    now,
    overwrite,
    dryRun: true,
    within: async () => {
      written.push(await write())
    },
    ...(signal === undefined ? {} : { signal }),
    ...(report === undefined ? {} : { report }),
  })
  return written[0] ?? { tables: [], rows: 0, ms: 0 }
}
