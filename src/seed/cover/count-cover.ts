import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { TableChecks } from '../plan/plan-seed.ts'
import { tableKey, targetKey } from '../plan/table-key.ts'
import { stronglyConnected } from '../plan/strongly-connected.ts'
import { uniqueSets } from '../plan/unique-sets.ts'
import { assignStates } from './assign-states.ts'
import { coverElements } from './cover-elements.ts'

/** What rows are counted for. */
export interface CountCoverInput {
  /** Tables that are filled. */
  readonly tables: readonly TableFacts[]
  readonly checks: ReadonlyMap<string, TableChecks>
  /** How many rows tables get that are not counted here, those that are only read among them. */
  readonly fixed: ReadonlyMap<string, number>
  /** Rows that there are at least, of the tables to count. */
  readonly atLeast: ReadonlyMap<string, number>
  /** Columns with a rule of the user, by the table's key. */
  readonly isLeft: (table: string, column: string) => boolean
}

/** A parent with many children, one with one and one without; and beside them a child without a parent. */
const family = 3
const most = 10_000

/**
 * The fewest rows of each table that cover it: all states of its columns, and for each foreign key a parent with no
 * child, with one and with many. What must be distinct sets a limit; what is one to one asks for as many parents.
 */
export function countCover(input: CountCoverInput): ReadonlyMap<string, number> {
  const { tables, fixed, atLeast } = input
  const counts = new Map<string, number>()
  const open = tables.filter((table) => !fixed.has(tableKey(table)))
  for (const table of open) counts.set(tableKey(table), ownNeed(table, input))
  const rowsOf = (key: string): number => counts.get(key) ?? fixed.get(key) ?? 0
  const edges = tables.flatMap((table) => table.foreignKeys.map((one) => [tableKey(table), targetKey(one)] as const))
  const circles = stronglyConnected(tables.map(tableKey), edges)
  // Needs grow from children to parents and through chains of them; a chain has no more links than there are tables.
  for (let round = 0; round <= open.length; round++) {
    const before = [...counts.values()].join()
    for (const table of tables) {
      const rows = rowsOf(tableKey(table))
      for (const [parent, need] of parentNeeds(table, rows, circles)) {
        const known = counts.get(parent)
        if (known !== undefined && known < need) counts.set(parent, need)
      }
    }
    if ([...counts.values()].join() === before) break
  }
  for (const table of open) {
    const key = tableKey(table)
    counts.set(key, Math.max(atLeast.get(key) ?? 0, Math.min(rowsOf(key), roomOf(table, rowsOf, counts))))
  }
  return counts
}

function ownNeed(table: TableFacts, { tables, checks, isLeft, atLeast }: CountCoverInput): number {
  const key = tableKey(table)
  const known = checks.get(key)
  const cases = [...(known?.checks.cases ?? []), ...(known?.denied?.cases ?? [])]
  const whole = cases.length > 0 ? cases : [{ domains: new Map(), comparisons: [], weight: 1 }]
  const elements = coverElements(table, whole, (column) => isLeft(key, column))
  const optional = new Set(elements.map(({ key: one }) => one).filter((one) => one.startsWith('#')))
  const relations = table.foreignKeys.length === 0 ? 0 : family + Math.min(1, optional.size)
  const isParent = tables.some(({ foreignKeys }) => foreignKeys.some((one) => targetKey(one) === key))
  const states = assignStates({ elements, cases: whole, most }).length
  return Math.max(1, atLeast.get(key) ?? 0, states, relations, isParent ? family : 0)
}

/** A parent of one child at most is as many as the children, and one that has none, unless they need each other. */
function parentNeeds(
  table: TableFacts,
  rows: number,
  circles: readonly (readonly string[])[],
): readonly (readonly [string, number])[] {
  const few = new Set([
    ...table.foreignKeys.flatMap(({ columns }) => columns),
    ...table.columns.flatMap(({ name, kind, baseType }) => (kind === 'enum' || baseType === 'bool' ? [name] : [])),
  ])
  const sets = uniqueSets(table).filter(({ predicate }) => predicate === undefined)
  return table.foreignKeys.flatMap((foreignKey) => {
    const parent = targetKey(foreignKey)
    if (parent === tableKey(table)) return []
    const covered = new Set(foreignKey.columns)
    const isSingle = sets.some(({ columns }) => columns.length > 0 && columns.every((name) => covered.has(name)))
    const isShared = sets.some(
      ({ columns }) => columns.some((name) => covered.has(name)) && columns.every((name) => few.has(name)),
    )
    const isCircle = circles.some((circle) => circle.includes(parent) && circle.includes(tableKey(table)))
    const one = isCircle ? rows : rows + 1
    return [[parent, isSingle ? one : isShared ? Math.max(family, rows) : family] as const]
  })
}

/** What unique sets have room for: labels of an enum, parents whose number is given. */
function roomOf(
  table: TableFacts,
  rowsOf: (key: string) => number,
  counted: ReadonlyMap<string, number>,
): number {
  const rooms = uniqueSets(table).map(({ columns, predicate }) => {
    if (predicate !== undefined || columns.length === 0) return Infinity
    const [only] = columns
    const column = columns.length === 1 ? table.columns.find(({ name }) => name === only) : undefined
    if (column?.notNull === true && column.enumLabels !== undefined) return column.enumLabels.length
    if (column?.notNull === true && column.baseType === 'bool') return 2
    const key = table.foreignKeys.find((one) => columns.every((name) => one.columns.includes(name)))
    return key === undefined || counted.has(targetKey(key)) ? Infinity : rowsOf(targetKey(key))
  })
  return Math.min(...rooms, Infinity)
}
