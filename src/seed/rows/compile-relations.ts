import type { Cell } from '../cell.ts'
import { relationKey } from '../cover/cover-rows.ts'
import type { RowCase } from '../constraints/domain.ts'
import { indexOwner } from '../plan/index-owner.ts'
import type { RelationPlan, RowIndex, SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { columnRandoms } from '../random/cell-random.ts'
import { capacityExceeded } from '../plan/errors.ts'
import { type PairedRows, pairRows } from './paired-rows.ts'
import { createIndex, createPick, type PickParent } from './pick-parent.ts'
import type { RowMakers } from './row-makers.ts'
import type { RowState } from './row-state.ts'

/** Fills `state.parents` for a relation, by its place, and those that share columns with it and come before it. */
export type FindParents = (state: RowState, wanted: number) => void

type RowRandoms = ReturnType<typeof columnRandoms>

const leadAttempts = 40

/** One for each relation of the table, in its order. */
export function compileRelations(
  plan: SeedPlan,
  table: TablePlan,
  makers: RowMakers,
  cases: readonly RowCase[],
): readonly FindParents[] {
  const { relations } = table
  const child = { seed: plan.seed, model: table.name, moved: table.moved }
  const picks = relations.map((relation) =>
    createPick({ ...child, relation, parentRows: makers.rowsOf(relation.parent) }),
  )
  const finders: FindParents[] = []
  for (const cluster of clustersOf(relations)) {
    const find = cluster.length === 1 ? findAlone(cluster[0] ?? 0) : (findPairs(cluster) ?? findTogether(cluster))
    for (const place of cluster) finders[place] = find
  }
  return finders

  function pick(place: number, state: RowState, attempt: number): number {
    const relation = relations[place]
    if (relation === undefined) return -1
    const domains = cases[state.rowCase]?.domains
    const wanted = relation.nullable.map((name) => domains?.get(name)?.null)
    if (wanted.includes('always')) return -1
    const wish = table.cover?.[state.index]?.wishes.get(relationKey(relation.name))?.kind
    if (wish === 'null' && !wanted.includes('never')) return -1
    const other =
      relation.differsFrom === undefined ? -1 : relations.findIndex(({ name }) => name === relation.differsFrom)
    if (other >= 0 && Number.isNaN(state.parents[other])) finders[other]?.(state, other)
    const not = other >= 0 ? (state.parents[other] ?? -1) : -1
    return pickOf(place)(state.index, { mayBeNone: wish !== 'some' && !wanted.includes('never'), not, attempt })
  }

  function pickOf(place: number): PickParent {
    return picks[place] ?? (() => -1)
  }

  function findAlone(place: number): FindParents {
    return (state) => {
      state.parents[place] = pick(place, state, state.relationAttempt)
    }
  }

  /**
   * The first has its choice; each further one chooses among the rows that agree with what is set already. A row of the
   * same table comes last, and only where it is asked for: to find it, the other parents of all rows must be known.
   */
  function findTogether(cluster: readonly number[], given: readonly number[] = []): FindParents {
    const rank = (place: number): number => (given.includes(place) ? 0 : isIndexed(place) ? 1 : 2)
    const order = cluster.toSorted((one, other) => rank(one) - rank(other) || one - other)
    const isLate = (place: number, at: number): boolean => at > 0 && relations[place]?.parent === table.key
    const steps = order.map((place) => ({ place, agree: agreeing(place) }))
    const early = steps.filter(({ place }, at) => !isLate(place, at))
    const late = steps.filter(({ place }, at) => isLate(place, at))
    return (state, wanted) => {
      const isFound = early.every(({ place }) => !Number.isNaN(state.parents[place]) && !given.includes(place))
      if (!isFound) findEarly(state)
      if (!late.some(({ place }) => place === wanted)) return
      const cells = new Map<string, Cell>()
      for (const { place } of early) setCells(cells, place, state.parents[place] ?? -1)
      for (const { place, agree } of late) {
        if (Number.isNaN(state.parents[place]))
          state.parents[place] = agree(state, cells, state.relationAttempt * leadAttempts)
        if (place === wanted) return
        setCells(cells, place, state.parents[place] ?? -1)
      }
    }

    function findEarly(state: RowState): void {
      for (let lead = 0; lead < leadAttempts; lead++) {
        const cells = new Map<string, Cell>()
        const isWhole = early.every(({ place, agree }) => {
          const attempt = state.relationAttempt * leadAttempts + lead
          const parent = given.includes(place) ? (state.parents[place] ?? -1) : agree(state, cells, attempt)
          state.parents[place] = parent
          setCells(cells, place, parent)
          return parent >= 0 || (relations[place]?.nullable.length ?? 1) > 0
        })
        if (isWhole) return
      }
    }
  }

  function setCells(cells: Map<string, Cell>, place: number, parent: number): void {
    const relation = relations[place]
    if (relation === undefined || parent < 0) return
    relation.columns.forEach((column, at) => {
      cells.set(column, makers.parent(relation.parent).cell(parent, relation.targetColumns[at] ?? ''))
    })
  }

  /** Two relations that a unique set tells apart and that share columns: pairs of rows that agree, each once. */
  function findPairs(cluster: readonly number[]): FindParents | undefined {
    const [one, other, ...more] = cluster.filter(isIndexed)
    const [lead, second] = [relations[one ?? -1], relations[other ?? -1]]
    if (one === undefined || other === undefined || lead === undefined || second === undefined || more.length > 0)
      return undefined
    const shared = lead.columns.filter((column) => second.columns.includes(column))
    if (shared.length === 0) return undefined
    const randoms = columnRandoms({ seed: plan.seed, model: table.name, field: `#${second.name}` })
    const isApart = second.differsFrom === lead.name || lead.differsFrom === second.name
    const targets = shared.map((column) => second.targetColumns[second.columns.indexOf(column)] ?? '')
    const fitting = (row: number): readonly number[] => {
      const cells = shared.map((column) =>
        makers.parent(lead.parent).cell(row, lead.targetColumns[lead.columns.indexOf(column)] ?? ''),
      )
      const found = makers.indexes.rowsWith(second.parent, targets, cells)
      return isApart ? found.filter((other) => other !== row) : found
    }
    const startOf = (row: number, room: number): number => Math.floor(room * randoms(row).fraction() ** 2)
    let pairs: PairedRows | undefined
    const rest = findTogether(cluster, [one, other])
    return (state, wanted) => {
      pairs ??= pairRows(makers.rowsOf(lead.parent), table.rows, fitting, startOf)
      const pair = pairs.at(state.index)
      if (pair === undefined)
        throw capacityExceeded(table.name, second.name, [...lead.columns, ...second.columns], pairs.size, table.rows)
      state.parents[one] = pair.lead
      state.parents[other] = pair.fitting
      if (cluster.length > 2) rest(state, wanted)
    }
  }

  function indexOf(name: string, index: RowIndex, randoms: RowRandoms): ReturnType<typeof createIndex> {
    return createIndex(index, randoms, table.moved.get(indexOwner(index, `#${name}`)))
  }

  function isIndexed(place: number): boolean {
    return relations[place]?.pick.kind === 'index'
  }

  function agreeing(place: number): (state: RowState, cells: ReadonlyMap<string, Cell>, attempt: number) => number {
    const relation = relations[place]
    if (relation === undefined) return () => -1
    const randoms = columnRandoms({ seed: plan.seed, model: table.name, field: `#${relation.name}` })
    const digit = relation.pick.kind === 'index' ? indexOf(relation.name, relation.pick.index, randoms) : undefined
    return (state, cells, attempt) => {
      const chosen = pick(place, state, attempt)
      const set = relation.columns.flatMap((column, at) => (cells.has(column) ? [{ column, at }] : []))
      if (set.length === 0 || chosen < 0) return chosen
      const targets = set.map(({ at }) => relation.targetColumns[at] ?? '')
      const agreed = set.map(({ column }) => cells.get(column) ?? null)
      const all = makers.indexes.rowsWith(relation.parent, targets, agreed)
      const before = relations.findIndex(({ name }) => name === relation.differsFrom)
      const fitting = before < 0 ? all : all.filter((row) => row !== state.parents[before])
      if (fitting.length === 0) return -1
      if (digit !== undefined) return fitting[digit(state.index, fitting.length) % fitting.length] ?? -1
      const room = relation.parent === table.key ? fitting.filter((row) => row < state.index).length : fitting.length
      return fitting[Math.floor(room * randoms(state.index, attempt).fraction() ** 2)] ?? -1
    }
  }
}

/** Relations that share columns, directly or through others, by their places. */
function clustersOf(relations: readonly RelationPlan[]): readonly (readonly number[])[] {
  const clusters: { readonly columns: Set<string>; readonly places: number[] }[] = []
  relations.forEach(({ columns }, place) => {
    const touched = clusters.filter((cluster) => columns.some((column) => cluster.columns.has(column)))
    const joined = {
      columns: new Set([...columns, ...touched.flatMap((cluster) => [...cluster.columns])]),
      places: [...touched.flatMap((cluster) => cluster.places), place],
    }
    for (const one of touched) clusters.splice(clusters.indexOf(one), 1)
    clusters.push(joined)
  })
  return clusters.map(({ places }) => places.toSorted((one, other) => one - other))
}
