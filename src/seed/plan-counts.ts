import type { DataModel } from '../prisma/data-model.ts'
import type { Environment, RowCount } from './environments/environment.ts'
import type { SeededTable, SeedRowsResult, TableCount } from './seed-rows.ts'

/** How many synthetic rows are asked for, as `seedRows` takes it. */
export interface CountPlan {
  readonly counts: ReadonlyMap<string, TableCount>
  readonly rows?: number
  readonly unmodelled?: boolean
}

/** What was asked for on the command line, and what counts without it. */
export interface CountWishes {
  readonly rows?: number
  readonly models?: readonly string[]
  readonly fromDatabase?: boolean
}

/**
 * How many rows each model gets; undefined where none gets any. A model with reference data gets no other rows unless
 * the environment names it.
 */
export function planCounts(
  { rows: wished, models, fromDatabase }: CountWishes,
  environment: Environment,
  { models: all }: DataModel,
  withReference: readonly string[],
): CountPlan | undefined {
  const rows = wished ?? environment.rows
  const counts = new Map<string, TableCount>()
  for (const { name, isView } of all) {
    if (isView) continue
    const said = environment.models[name]
    const isWanted = models === undefined || models.includes(name)
    if (!isWanted || (said === undefined && withReference.includes(name))) counts.set(name, { rows: 0 })
    else if (wished !== undefined) counts.set(name, { rows: said === 0 ? 0 : wished })
    else if (said !== undefined) counts.set(name, toTableCount(said))
    else counts.set(name, { rows })
  }
  const isNothing = [...counts.values()].every((count) => 'rows' in count && count.rows === 0)
  if (isNothing && (fromDatabase !== true || rows === 0)) return undefined
  return fromDatabase === true && models === undefined ? { counts, rows, unmodelled: true } : { counts }
}

function toTableCount(count: RowCount): TableCount {
  return typeof count === 'number' ? { rows: count } : { perParent: count.rows, of: count.per }
}

/** What a dry run says: the rows that would be made, where their number is known before. */
export function plannedRows({ counts }: CountPlan): SeedRowsResult {
  const tables = [...counts].flatMap(([model, count]): readonly SeededTable[] => {
    if ('rows' in count && count.rows === 0) return []
    const notes = 'rows' in count ? [] : [`about ${count.perParent} of each row of ${count.of}`]
    return [{ table: model, model, rows: 'rows' in count ? count.rows : 0, state: 'filled', ms: 0, notes }]
  })
  return { tables, rows: tables.reduce((sum, { rows }) => sum + rows, 0), ms: 0 }
}
