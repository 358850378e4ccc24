import type { PreparedRun } from './prepare-run.ts'
import type { SeededTable, SeedRowsResult } from './seed-rows.ts'

/** What a run would do: the tables that it would fill, and those that an earlier run filled with the same rows. */
export function plannedResult({ plan, done, cover }: PreparedRun): SeedRowsResult {
  const tables = plan.tables.map(({ key, model, rows }): SeededTable => {
    const standing = done.get(key)
    const outcome = standing === undefined ? { rows, state: 'filled' as const } : { rows: standing, state: 'unchanged' as const }
    return { table: key, ...(model === undefined ? {} : { model }), ...outcome, ms: 0, notes: [] }
  })
  const rows = tables.reduce((sum, table) => sum + (table.state === 'filled' ? table.rows : 0), 0)
  return { tables, rows, ms: 0, ...(cover === undefined ? {} : { cover }) }
}
