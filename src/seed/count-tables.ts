import type { Connection } from '../postgres/connect.ts'
import { compileTableChecks } from './compile-table-checks.ts'
import { countCover } from './cover/count-cover.ts'
import { readParents } from './deliver/read-existing.ts'
import { coveringTables, countRows } from './plan/count-rows.ts'
import type { NamedTable } from './plan/name-tables.ts'
import type { TableRules } from './rows/table-rules.ts'
import type { SeedRowsInput } from './seed-rows.ts'
import { readServerDay } from './server-day.ts'
import type { TableCount } from './table-count.ts'

/** How many rows each table gets. */
export interface CountedTables {
  /** By key; tables that get none are left out. */
  readonly counts: ReadonlyMap<string, number>
  /** True where rows are to cover everything. */
  readonly isCovering: boolean
}

/**
 * Counts the rows of all tables. Where as few are wanted as cover everything, the checks are read first.
 * @throws SEED_MODEL_UNKNOWN
 */
export async function countTables(
  connection: Connection,
  input: SeedRowsInput,
  tables: readonly NamedTable[],
  rules: ReadonlyMap<string, TableRules>,
): Promise<CountedTables> {
  const count = (wishes: ReadonlyMap<string, TableCount>): ReadonlyMap<string, number> =>
    countRows(tables, {
      counts: wishes,
      rows: input.rows ?? 0,
      unmodelled: input.unmodelled ?? false,
      hasModel: input.model !== undefined,
    })
  const first = count(input.counts)
  const covering = coveringTables(tables, input.counts)
  if (covering.size === 0) return { counts: first, isCovering: false }
  const filled = tables.filter(({ key }) => first.has(key))
  const facts = filled.map((table) => table.facts)
  const clocks = { now: input.now, serverNow: await readServerDay(connection) }
  const checks = await Promise.all(
    filled.map(async ({ key, facts: one }) => [key, await compileTableChecks(one, clocks)] as const),
  )
  const read = await readParents(connection, facts, (key) => first.has(key))
  const fixed = [...first].filter(([key]) => !covering.has(key))
  const named = new Map(tables.map((table) => [table.key, table]))
  const needed = countCover({
    tables: facts,
    checks: new Map(checks),
    fixed: new Map([...fixed, ...[...read].map(([key, { rows }]) => [key, rows.length] as const)]),
    atLeast: covering,
    isLeft: (key, column) => {
      const table = named.get(key)
      const ruled = rules.get(table?.name ?? key)?.generators
      return ruled?.has(table?.fields.get(column)?.name ?? column) === true
    },
  })
  const wishes = new Map(
    [...input.counts].map(([name, wish]): readonly [string, TableCount] => {
      const key = tables.find((table) => table.name === name || table.key === name)?.key ?? name
      return [name, 'covering' in wish ? { rows: needed.get(key) ?? wish.covering } : wish]
    }),
  )
  return { counts: count(wishes), isCovering: true }
}
