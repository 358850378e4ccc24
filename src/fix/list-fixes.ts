import type { Connection } from '../postgres/connect.ts'
import { type FixRunRecord, isFinished, readRuns, type RunTable, undoneBy } from './journal/runs.ts'
import type { RunProgress } from './journal/run-progress.ts'
import { addCounts, type RowCounts } from './rows/row-image.ts'
import { shownName } from './rows/table-shape.ts'
import type { FixFile } from './script-files.ts'

/** An applied run, as it is listed. */
export interface ListedRun extends Pick<FixRunRecord, 'id' | 'fix' | 'scriptHash' | 'appliedBy' | 'role' | 'appliedAt' | 'ms'> {
  /** The run that it took back, where it is an undo. */
  readonly undoes?: string
  /** The run that took it back. */
  readonly undoneBy?: string
  /** Of a run in batches; of an undo of one, `visited` and `total` say nothing. */
  readonly batches?: {
    readonly isFinished: boolean
    readonly count: number
    readonly visited: number
    readonly total: number
  }
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
  const all = await readRuns(connection)
  const runs = all.filter(({ batchOf }) => batchOf === null)
  const applied = (name: string): readonly FixRunRecord[] =>
    runs.filter(({ fix, undoes }) => fix === name && undoes === null)
  const gone = [...new Set(runs.map(({ fix }) => fix))].filter((fix) => !files.some(({ name }) => name === fix)).sort()
  return {
    fixes: [
      ...files.map(({ name, file, description = '' }) => ({ name, file, description, runs: applied(name).length })),
      ...gone.map((name) => ({ name, description: applied(name).at(-1)?.description ?? '', runs: applied(name).length })),
    ],
    runs: runs.map((run) => listed(run, all)).reverse(),
  }
}

function listed(run: FixRunRecord, runs: readonly FixRunRecord[]): ListedRun {
  const { id, fix, scriptHash, appliedBy, role, appliedAt, ms, undoes, progress } = run
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
    ...(progress === null ? {} : { batches: { isFinished: isFinished(run), ...shownProgress(progress) } }),
    tables: sumOf([run, ...runs.filter(({ batchOf }) => batchOf === id)].flatMap(({ tables }) => tables)),
  }
}

function shownProgress({ visited, total, batches }: RunProgress) {
  return { count: batches, visited, total }
}

function sumOf(tables: readonly RunTable[]): ListedRun['tables'] {
  const sums = new Map<string, RowCounts>()
  for (const table of tables) {
    const { inserted, updated, deleted } = table
    sums.set(shownName(table), addCounts(sums.get(shownName(table)), { inserted, updated, deleted }))
  }
  return [...sums].map(([table, counts]) => ({ table, ...counts }))
}
