import type { DataModel } from '../prisma/data-model.ts'
import type { Environment } from './environments/environment.ts'
import type { TableRules } from './rows/table-rules.ts'
import type { RuleSource } from './rules/load-rules.ts'
import type { TableCount } from './table-count.ts'

/** How many synthetic rows are asked for, as `seedRows` takes it. */
export interface CountPlan {
  readonly counts: ReadonlyMap<string, TableCount>
  readonly rows?: number
  readonly unmodelled?: boolean
}

/** The same with the user's rules. */
export interface RowsPlan extends CountPlan {
  readonly rules: ReadonlyMap<string, TableRules>
  readonly ruleSource: RuleSource
}

/** What was asked for on the command line, and what counts without it. */
export interface CountWishes {
  readonly rows?: number
  readonly models?: readonly string[]
  readonly fromDatabase?: boolean
}

/**
 * How many rows each model gets; undefined where none gets any. A model with reference data gets no other rows unless
 * the environment names it. Personas are rows as well: there are at least as many as there are personas.
 */
export function planCounts(
  { rows: wished, models, fromDatabase }: CountWishes,
  environment: Environment,
  { models: all }: DataModel,
  withReference: ReadonlySet<string>,
  rules: ReadonlyMap<string, TableRules> = new Map(),
): CountPlan | undefined {
  const rows = wished ?? environment.rows
  const counts = new Map<string, TableCount>()
  for (const { name, isView } of all) {
    if (isView) continue
    const said = environment.models[name]
    const isWanted = models === undefined || models.includes(name)
    const given = rules.get(name)?.rows?.length ?? 0
    const atLeast = (number: number): TableCount => ({ rows: Math.max(number, given) })
    if (!isWanted) counts.set(name, { rows: 0 })
    else if (said === undefined && withReference.has(name)) counts.set(name, atLeast(0))
    else if (wished !== undefined) counts.set(name, atLeast(said === 0 ? 0 : wished))
    else if (said === undefined && rows === 'covering') counts.set(name, { covering: given })
    else if (said === undefined || typeof said === 'number') counts.set(name, atLeast(said ?? Number(rows)))
    else counts.set(name, { perParent: said.rows, of: said.per })
  }
  const perTable = rows === 'covering' ? coveringUnmodelled : rows
  for (const name of models ?? []) if (!counts.has(name)) counts.set(name, { rows: perTable })
  const isNothing = [...counts.values()].every((count) => 'rows' in count && count.rows === 0)
  const unmodelled = fromDatabase === true && models === undefined
  if (isNothing && (fromDatabase !== true || rows === 0)) return undefined
  return unmodelled ? { counts, rows: perTable, unmodelled } : { counts }
}

/** Tables that no model stands for get so many rows where the others get as few as cover them. */
const coveringUnmodelled = 5
