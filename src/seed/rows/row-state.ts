import type { Cell } from '../cell.ts'
import type { RowView } from '../generators/generator.ts'

/** A row on its way: what is made of it so far. Used again for other rows. */
export interface RowState {
  index: number
  attempt: number
  /** The attempt of its relations: they stay where only values are tried again. */
  relationAttempt: number
  /** Into the cases of the table's checks, those of denied rows after them. */
  rowCase: number
  /** Undefined where not made yet, by the column's place. */
  readonly cells: (Cell | undefined)[]
  /** 1 where a cell is being made: a generator that asks for itself gets nothing. */
  readonly busy: Uint8Array
  /** Rows of the parents, by the relation's place; NaN where not found yet. */
  readonly parents: Float64Array
  /** NaN where not asked for yet. */
  moment: number
  /** True where columns that are compared do not agree: the row is tried again. */
  failed: boolean
  view: RowView
}

/** States to use and give back: making a row can ask for another row of the same table. */
export interface RowStates {
  take(): RowState
  give(state: RowState): void
}

/** @param viewOf how generators see a state; called once for each */
export function createRowStates(columns: number, relations: number, viewOf: (state: RowState) => RowView): RowStates {
  const free: RowState[] = []
  return {
    take: () => free.pop() ?? createState(columns, relations, viewOf),
    give: (state) => {
      free.push(state)
    },
  }
}

/** Points a state at a row of which nothing is made. */
export function startRow(
  state: RowState,
  index: number,
  attempt: number,
  rowCase: number,
  relationAttempt = attempt,
): void {
  state.index = index
  state.attempt = attempt
  state.relationAttempt = relationAttempt
  state.rowCase = rowCase
  state.moment = Number.NaN
  state.failed = false
  state.cells.fill(undefined)
  state.busy.fill(0)
  state.parents.fill(Number.NaN)
}

function createState(columns: number, relations: number, viewOf: (state: RowState) => RowView): RowState {
  const state = {
    index: 0,
    attempt: 0,
    relationAttempt: 0,
    rowCase: 0,
    cells: new Array<Cell | undefined>(columns).fill(undefined),
    busy: new Uint8Array(columns),
    parents: new Float64Array(relations),
    moment: Number.NaN,
    failed: false,
  }
  return Object.assign(state, { view: viewOf(state as RowState) })
}
