import { Bug } from '../../errors/bug.ts'
import type { Cell } from '../cell.ts'
import type { Locale } from '../locale/locale.ts'
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import type { ColumnSources } from './column-sources.ts'
import { compileCells } from './compile-cells.ts'
import { compileRelations } from './compile-relations.ts'
import { givenParent } from './given-parent.ts'
import { isPlainType } from './is-plain-type.ts'
import { createRowCases } from './row-cases.ts'
import type { RowMaker } from './row-maker.ts'
import type { RowMakers } from './row-makers.ts'
import { createRowMoments } from './row-moments.ts'
import { createRowSettling } from './row-settling.ts'
import { createRowStates, type RowState } from './row-state.ts'
import { createRowViews } from './row-views.ts'

/** What a maker works with. */
export interface MakerContext {
  readonly locale: Locale
  readonly sources: ColumnSources
  readonly makers: RowMakers
}

/** Makes the rows of one table. Deterministic: all that a row depends on is in the plan. */
export function createRowMaker(plan: SeedPlan, table: TablePlan, { locale, sources, makers }: MakerContext): RowMaker {
  const names = table.facts.columns.map(({ name }) => name)
  const places = new Map(names.map((name, place) => [name, place]))
  const written = table.columns.flatMap(({ column, fill }, place) =>
    fill.kind === 'omitted' ? [] : [{ column, place }],
  )
  const writtenPlaces = written.map(({ place }) => place)
  const cases = createRowCases(plan, table)
  const findParents = compileRelations(plan, table, makers, cases.all)
  const settling = createRowSettling({ plan, table, cases, places, sources, cellOf })
  const { compared, comparedCells, settle, look } = settling
  const fills = compileCells({ plan, table, sources, makers, cases: cases.all, compared, comparedCells, parentOf })
  const moments = createRowMoments(plan, table, { makers, parentOf })
  const seen = { cellOf, momentOf: moments.of }
  const viewOf = createRowViews({ plan, table, locale, sources, cases: cases.all, places, ...seen })
  const patched = new Set(table.relations.filter(({ isPatched }) => isPatched).flatMap(({ nullable }) => nullable))
  const isPatched = names.map((name) => patched.has(name))
  const isStable = table.columns.map(
    ({ fill }) => fill.kind === 'number' || fill.kind === 'distinct' || fill.kind === 'slot',
  )
  const states = createRowStates(names.length, findParents.length, viewOf)
  const output: Cell[] = []

  return {
    rows: table.rows,
    columns: written.map(({ column }) => column),
    // Asked for only where the database refuses rows.
    get ties() {
      return table.facts.columns.flatMap((column, place) =>
        table.columns[place]?.fill.kind !== 'value'
          ? []
          : cases.all.map((one) => [column.name, ...sources(column, one).generator.after]),
      )
    },
    isOwn: (index, column) => settling.isOwn(column) || table.given[index]?.has(column) === true,
    isPlain: written.map(({ place }) => isPlainType(table.facts.columns[place])),
    row: (index, attempt = 0) => {
      const state = states.take()
      settle(state, index, attempt)
      for (let place = 0; place < names.length; place++) cellOf(state, place)
      for (let at = 0; at < writtenPlaces.length; at++) {
        const place = writtenPlaces[at] ?? 0
        output[at] = isPatched[place] === true ? null : (state.cells[place] ?? null)
      }
      states.give(state)
      return output
    },
    cell: (index, column) => {
      const place = places.get(column)
      if (place === undefined) throw new Bug(`${table.key} has no column ${column}`)
      return withState((state) => {
        look(state, index, isStable[place] === true)
        return cellOf(state, place) ?? null
      })
    },
    moment: (index) => {
      const known = settling.isTried ? undefined : moments.known(index)
      return (
        known ??
        withState((state) => {
          look(state, index, false)
          return moments.of(state)
        })
      )
    },
    parentRow: (index, relation) =>
      withState((state) => {
        look(state, index, false)
        return parentOf(
          state,
          table.relations.findIndex(({ name }) => name === relation),
        )
      }),
  }

  function withState<Result>(use: (state: RowState) => Result): Result {
    const state = states.take()
    try {
      return use(state)
    } finally {
      states.give(state)
    }
  }

  /** Makes a cell where it is not made yet; undefined while it is being made. */
  function cellOf(state: RowState, place: number): Cell | undefined {
    const known = state.cells[place]
    if (known !== undefined) return known
    if (state.busy[place] === 1) return undefined
    state.busy[place] = 1
    const given = state.index < table.given.length ? table.given[state.index]?.get(names[place] ?? '') : undefined
    const cell = given === undefined ? (fills[place]?.(state) ?? null) : given
    state.cells[place] = cell
    return cell
  }

  function parentOf(state: RowState, relation: number): number {
    if (Number.isNaN(state.parents[relation] ?? -1)) {
      const one = table.relations[relation]
      const isGiven = one !== undefined && state.index < table.given.length
      const given = isGiven ? givenParent(state.index, one, { plan, table, makers }) : undefined
      if (given === undefined) findParents[relation]?.(state, relation)
      else state.parents[relation] = given
    }
    return state.parents[relation] ?? -1
  }
}
