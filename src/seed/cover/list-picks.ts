import type { Fill, ParentPick, RelationPlan, SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { uniqueSets } from '../plan/unique-sets.ts'
import { givenParent } from '../rows/given-parent.ts'
import { isAllowedRow } from '../rows/is-allowed-row.ts'
import type { RowMakers } from '../rows/row-makers.ts'
import type { AssignedRow } from './assign-states.ts'
import { relationKey } from './cover-rows.ts'
import { listPairs } from './list-pairs.ts'
import { listParents } from './list-parents.ts'

/** The table with its parents listed, where no other constraint has a say in who they are. */
export function listPicks(
  table: TablePlan,
  rows: readonly AssignedRow[],
  { plan, makers }: { readonly plan: SeedPlan; readonly makers: RowMakers },
): TablePlan {
  const picks = new Map<string, ParentPick>()
  const fills = new Map<string, Fill>()
  const paired = pairOf(table)
  for (const relation of table.relations) {
    const { name, pick, parent } = relation
    if (isShared(table, relation) || picks.has(name)) continue
    const isTree = parent === table.key
    const isPlace = pick.kind === 'index' && pick.index.kind === 'place'
    if (pick.kind === 'free' || pick.kind === 'sparse' || (isTree && pick.kind === 'earlier') || isPlace) {
      const isNone = (row: number): boolean => rows[row]?.states.get(relationKey(name))?.kind === 'null'
      const given = (row: number): number | undefined =>
        givenParent(row, relation, { plan, table, makers }) ?? sparseParent(table, pick, row)
      const parents = listParents({ rows: table.rows, parents: makers.rowsOf(parent), isNone, given, isTree })
      picks.set(name, { kind: 'listed', parents })
      if (isPlace) numberSiblings(parents)
    } else if (paired?.first.name === name) {
      const seconds = 'capacity' in paired.second ? paired.second.capacity : makers.rowsOf(paired.second.parent)
      const kind = 'capacity' in paired.second ? 'values' : 'parents'
      const pairs = listPairs(table.rows, makers.rowsOf(parent), seconds, kind)
      if (pairs === undefined) continue
      picks.set(name, { kind: 'listed', parents: pairs.first })
      const { second } = paired
      if ('capacity' in second)
        fills.set(second.name, { ...second.fill, index: { kind: 'listed', numbers: pairs.second } })
      else picks.set(second.name, { kind: 'listed', parents: pairs.second })
    }
  }
  return {
    ...table,
    relations: table.relations.map((relation) => ({ ...relation, pick: picks.get(relation.name) ?? relation.pick })),
    columns: table.columns.map((column) => ({ ...column, fill: fills.get(column.column) ?? column.fill })),
  }

  /** The number of a row among its siblings, for keys such as (order, position). */
  function numberSiblings(parents: readonly number[]): void {
    const numbers = parents.map((parent, row) => parents.slice(0, row).filter((other) => other === parent).length)
    for (const { column, fill } of table.columns) {
      if ((fill.kind === 'number' || fill.kind === 'distinct') && fill.index?.kind === 'place')
        fills.set(column, { ...fill, index: { kind: 'listed', numbers } })
    }
  }
}

/** Rows in which the predicate of a partial unique index may hold keep the parent that is theirs alone. */
function sparseParent(table: TablePlan, pick: ParentPick, row: number): number | undefined {
  return pick.kind === 'sparse' && row % pick.every === 0 && isAllowedRow(table, row) ? row / pick.every : undefined
}

interface Pair {
  readonly first: RelationPlan
  readonly second:
    | RelationPlan
    | { readonly name: string; readonly capacity: number; readonly fill: Fill & { kind: 'distinct' } }
}

/** Two relations, or a relation and an enum, that are distinct together and in no other unique set. */
function pairOf(table: TablePlan): Pair | undefined {
  const isDigit = ({ pick }: RelationPlan): boolean => pick.kind === 'index' && pick.index.kind === 'digit'
  const relations = table.relations.filter((one) => isDigit(one) && !isShared(table, one))
  const columns = table.columns.flatMap(({ column, fill }) =>
    fill.kind === 'distinct' && fill.index.kind === 'digit' ? [{ column, fill }] : [],
  )
  const [first, second] = relations
  const isOpen = relations.some(({ nullable }) => nullable.length > 0)
  if (first === undefined || table.given.length > 1 || isOpen) return undefined
  if (second !== undefined) return relations.length === 2 && columns.length === 0 ? { first, second } : undefined
  const [column] = columns
  const labels = table.facts.columns.find(({ name }) => name === column?.column)?.enumLabels
  if (column === undefined || columns.length > 1 || labels === undefined || column.fill.mayBeNull) return undefined
  const isPair = uniqueSets(table.facts).some(
    (set) => set.columns.includes(column.column) && set.columns.length === first.columns.length + 1,
  )
  return isPair ? { first, second: { name: column.column, capacity: labels.length, fill: column.fill } } : undefined
}

function isShared({ relations }: TablePlan, relation: RelationPlan): boolean {
  const others = relations.filter(({ name }) => name !== relation.name)
  return others.some(({ columns }) => columns.some((one) => relation.columns.includes(one)))
}
