import { edgeMoments } from '../edges/time-edges.ts'
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { columnRandoms } from '../random/cell-random.ts'
import { momentsOf, notBefore } from '../shared/moments.ts'
import type { RowMakers } from './row-makers.ts'
import type { RowState } from './row-state.ts'

/** When rows came to be, in milliseconds since 1970. */
export interface RowMoments {
  /** Of a row on its way; never before its parents'. */
  of(state: RowState): number
  /** Of a row that was asked for before; undefined where that is forgotten. */
  known(index: number): number | undefined
}

const cacheSize = 4096

/** What moments follow from, beside the plan. */
export interface MomentsInput {
  readonly makers: RowMakers
  /** The row of a parent, by the relation's place; -1 for none. */
  readonly parentOf: (state: RowState, relation: number) => number
}

/** The moments of a table, the last few thousand of them kept: many children ask for the same parent. */
export function createRowMoments(
  plan: SeedPlan,
  table: TablePlan,
  { makers, parentOf }: MomentsInput,
): RowMoments {
  const ownMoment = edgyMoments(plan, table.name)
  const timed = table.relations.flatMap((relation, place) =>
    relation.isTimed && relation.pick.kind !== 'previous' ? [{ place, parent: relation.parent }] : [],
  )
  const moments = new Float64Array(cacheSize)
  const momentRows = new Float64Array(cacheSize).fill(-1)
  return {
    known: (index) => {
      const slot = index % cacheSize
      return momentRows[slot] === index ? (moments[slot] ?? 0) : undefined
    },
    of: (state) => {
      if (!Number.isNaN(state.moment)) return state.moment
      const { index } = state
      const slot = index % cacheSize
      if (state.relationAttempt > 0 || momentRows[slot] !== index) {
        state.moment = notBefore(ownMoment(index), earliest(state), plan.now)
        if (state.relationAttempt > 0) return state.moment
        moments[slot] = state.moment
        momentRows[slot] = index
      }
      state.moment = moments[slot] ?? 0
      return state.moment
    },
  }

  function earliest(state: RowState): number {
    let latest = -Infinity
    for (const { place, parent } of timed) {
      const row = parentOf(state, place)
      if (row >= 0 && (parent !== table.key || row < state.index))
        latest = Math.max(latest, makers.parent(parent).moment(row))
    }
    return latest
  }
}

/** The moments of rows alone; some of them such as programs get wrong. */
function edgyMoments({ seed, now, edges = 0 }: SeedPlan, model: string): (row: number) => number {
  const usual = momentsOf({ seed, model, now })
  const moments = edges === 0 ? [] : edgeMoments(now)
  if (moments.length === 0) return usual
  const randoms = columnRandoms({ seed, model, field: '#moment#edge' })
  return (row) => {
    const random = randoms(row)
    return random.fraction() < edges ? random.pick(moments) : usual(row)
  }
}
