import { indexOwner, selfOwner } from '../plan/index-owner.ts'
import { pairsOf } from '../plan/pairs.ts'
import type { RowIndex, SeedPlan, TablePlan } from '../plan/seed-plan.ts'

/** What makes rows distinct in some columns, and can be another number for a row. */
export interface Carrier {
  readonly owner: string
  /** Numbers from 0 to below this are different rows. */
  readonly room: number
  /** Numbers that rows have in a list instead of their own. */
  readonly listed: readonly number[] | undefined
}

interface Candidate extends Carrier {
  readonly kind: RowIndex['kind']
}

/**
 * What can be moved so that rows hold other values in these columns; undefined where nothing can: they count on after
 * the rows that are there.
 * @param fresh tables whose rows are all new: nobody points to them yet
 * @param options `withSelf`: also values that follow from the row itself, which counts as another row then
 */
export function carrierOf(
  table: TablePlan,
  columns: readonly string[],
  plan: SeedPlan,
  fresh: ReadonlySet<string>,
  { withSelf = false }: { readonly withSelf?: boolean } = {},
): Carrier | undefined {
  const fills = table.columns.filter(({ column }) => columns.includes(column))
  const isNumbered = fills.some(({ fill }) => fill.kind === 'number' && fill.index === undefined)
  const relations = table.relations.filter((relation) => relation.columns.some((name) => columns.includes(name)))
  const isNew = relations.some(
    ({ parent, nullable, columns: own }) =>
      nullable.length === 0 && fresh.has(parent) && own.every((name) => columns.includes(name)),
  )
  if (isNumbered || isNew) return undefined
  const candidates: Candidate[] = [
    ...fills.flatMap(({ column, fill }): readonly Candidate[] => {
      if (fill.kind === 'slot') return [candidate(fill.index, column, Infinity)]
      if (fill.kind !== 'distinct') return []
      if (fill.room === undefined) return withSelf ? [candidate(fill.index, selfOwner, Infinity)] : []
      return [candidate(fill.index, column, fill.room)]
    }),
    ...relations.flatMap(({ name, parent, nullable, pick, differsFrom }): readonly Candidate[] => {
      if (pick.kind !== 'index') return []
      const rows = rowsOf(plan, parent) - (differsFrom === undefined ? 0 : 1)
      return [candidate(pick.index, `#${name}`, nullable.length > 0 ? Infinity : rows)]
    }),
  ]
  const alone = candidates.find(({ kind }) => kind === 'row') ?? candidates.find(({ kind }) => kind === 'listed')
  // A list alone is distinct only where nothing else belongs to the set.
  if (alone !== undefined) return alone.kind === 'row' || columns.length === 1 ? alone : undefined
  const [first] = candidates
  if (first === undefined) return undefined
  const room = first.kind === 'digit' ? Math.max(...candidates.map((one) => one.room)) : first.room
  return { ...first, room }
}

function candidate(index: RowIndex, name: string, values: number): Candidate {
  return {
    kind: index.kind,
    owner: indexOwner(index, name),
    room: index.kind === 'digit' ? index.divisor * index.radix : index.kind === 'pair' ? pairsOf(values) : values,
    listed: index.kind === 'listed' ? index.numbers : undefined,
  }
}

function rowsOf({ parents, tables }: SeedPlan, key: string): number {
  return parents.get(key)?.rows.length ?? tables.find((table) => table.key === key)?.rows ?? 0
}
