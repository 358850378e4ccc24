import type { ForeignKeyFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { cycleUnbreakable } from './errors.ts'
import { stronglyConnected } from './strongly-connected.ts'
import { tableKey, targetKey } from './table-key.ts'

/** Tables in the order in which they can be filled. */
export interface TableOrder {
  /** Parents before children; each entry commits together. */
  readonly groups: readonly OrderedGroup[]
  /** `schema.table` and foreign key of edges that close a cycle and are set by an UPDATE afterwards. */
  readonly patched: ReadonlySet<string>
}

/** Tables that commit together, in order. */
export interface OrderedGroup {
  readonly tables: readonly TableFacts[]
  /** True where a foreign key must wait for the end of the transaction. */
  readonly isDeferred: boolean
}

/** How a foreign key of a table is named in `TableOrder.patched`. */
export function edgeName(table: string, foreignKey: string): string {
  return `${table} ${foreignKey}`
}

/**
 * Orders tables by their foreign keys. A cycle is opened where a foreign key can wait (DEFERRABLE), else where it may
 * be NULL until all rows are there. Relations of a table to itself order nothing.
 * @throws SEED_CYCLE where a cycle can be opened nowhere
 */
export function orderTables(tables: readonly TableFacts[]): TableOrder {
  const byKey = new Map(tables.map((table) => [tableKey(table), table]))
  const edges = tables.flatMap((table) =>
    table.foreignKeys
      .map((foreignKey) => ({ from: tableKey(table), to: targetKey(foreignKey), table, foreignKey }))
      .filter(({ from, to }) => from !== to && byKey.has(to)),
  )
  const keys = [...byKey.keys()].sort()
  const groups = stronglyConnected(keys, pairs(edges))
  const opened = groups.map((group) => openCycles(group, edges))
  return {
    groups: opened.map(({ order, isDeferred }) => ({
      tables: order.flatMap((key) => byKey.get(key) ?? []),
      isDeferred,
    })),
    patched: new Set(opened.flatMap(({ patched }) => patched)),
  }
}

interface Edge {
  readonly from: string
  readonly to: string
  readonly table: TableFacts
  readonly foreignKey: ForeignKeyFacts
}

interface Opened {
  readonly order: readonly string[]
  readonly isDeferred: boolean
  readonly patched: readonly string[]
}

/** Takes edges out, one at a time, until no cycle is left. */
function openCycles(group: readonly string[], all: readonly Edge[]): Opened {
  const inside = all.filter(({ from, to }) => group.includes(from) && group.includes(to))
  const patched: string[] = []
  let isDeferred = false
  let edges = inside
  for (;;) {
    const parts = stronglyConnected(group, pairs(edges))
    const cycle = parts.find((part) => part.length > 1)
    if (cycle === undefined) return { order: parts.flat(), isDeferred, patched }
    const candidates = edges.filter(({ from, to }) => cycle.includes(from) && cycle.includes(to))
    const waiting = candidates.find(({ foreignKey }) => foreignKey.deferrable)
    const open = waiting ?? candidates.find(isNullable)
    if (open === undefined) throw cycleUnbreakable(cycle, candidates.map(describeEdge))
    if (waiting === undefined) patched.push(edgeName(open.from, open.foreignKey.name))
    else isDeferred = true
    edges = edges.filter((edge) => edge !== open)
  }
}

/** A row must be findable again, by its primary key, to be updated. */
function isNullable({ table, foreignKey }: Edge): boolean {
  const keyed = table.primaryKey?.keys.map((key) => ('column' in key ? key.column : '')) ?? []
  const nullable = foreignKey.columns.filter(
    (name) => table.columns.find((column) => column.name === name)?.notNull === false,
  )
  const isFree = nullable.length > 0 && (!foreignKey.matchFull || nullable.length === foreignKey.columns.length)
  return isFree && keyed.length > 0 && nullable.every((name) => !keyed.includes(name))
}

function describeEdge({ from, to, foreignKey }: Edge): string {
  return `${from} (${foreignKey.columns.join(', ')}) points to ${to}`
}

function pairs(edges: readonly Edge[]): readonly (readonly [string, string])[] {
  return edges.map(({ from, to }) => [from, to])
}
