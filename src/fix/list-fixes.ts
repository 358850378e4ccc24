import type { Connection } from '../postgres/connect.ts'
import { type FixRunRecord, readRuns, undoneBy } from './journal/runs.ts'
import type { RowCounts } from './rows/row-image.ts'
import { shownName } from './rows/table-shape.ts'
import type { FixFile } from './script-files.ts'

/** An applied run, as it is listed. */
export interface ListedRun extends Pick<FixRunRecord, 'id' | 'fix' | 'scriptHash' | 'appliedBy' | 'role' | 'appliedAt' | 'ms'> {
  /** The run that it took back, where it is an undo. */
  readonly undoes?: string
  /** The run that took it back. */
  readonly undoneBy?: string
  readonly tables: readonly (RowCounts & { readonly table: string })[]
}

/** A script, and how often it was applied to the database. */
export interface ListedFix {
  readonly name: string
  /** Undefined where a run of it is known and the script is gone. */
  readonly file?: string
  readonly description: string
  readonly runs: number
}

/** All fixes of a project and all runs of its database. */
export interface FixList {
  readonly fixes: readonly ListedFix[]
  /** The last one first. */
  readonly runs: readonly ListedRun[]
}

/** @param files the scripts of the project */
export async function listFixes(connection: Connection, files: readonly FixFile[]): Promise<FixList> {
  const runs = await readRuns(connection)
  const applied = (name: string): readonly FixRunRecord[] =>
    runs.filter(({ fix, undoes }) => fix === name && undoes === null)
  const gone = [...new Set(runs.map(({ fix }) => fix))].filter((fix) => !files.some(({ name }) => name === fix)).sort()
  return {
    fixes: [
      ...files.map(({ name, file, description = '' }) => ({ name, file, description, runs: applied(name).length })),
      ...gone.map((name) => ({ name, description: applied(name).at(-1)?.description ?? '', runs: applied(name).length })),
    ],
    runs: runs.map((run) => listed(run, runs)).reverse(),
  }
}

function listed(run: FixRunRecord, runs: readonly FixRunRecord[]): ListedRun {
  const { id, fix, scriptHash, appliedBy, role, appliedAt, ms, undoes } = run
  const by = undoneBy(id, runs)
  return {
    id,
    fix,
    scriptHash,
    appliedBy,
    role,
    appliedAt,
    ms,
    ...(undoes === null ? {} : { undoes }),
    ...(by === undefined ? {} : { undoneBy: by }),
    tables: run.tables.map((table) => {
      const { inserted, updated, deleted } = table
      return { table: shownName(table), inserted, updated, deleted }
    }),
  }
}
