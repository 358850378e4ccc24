import type { Cell } from '../cell.ts'
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { caseAttempts } from './attempts.ts'
import type { ColumnSources } from './column-sources.ts'
import { createOwnCells } from './own-cells.ts'
import type { RowCases } from './row-cases.ts'
import { type RowState, startRow } from './row-state.ts'
import { type CellOf, comparedColumns, type ComparedColumns } from './settle-comparisons.ts'

/** Begins rows so that columns which a check compares agree. */
export interface RowSettling {
  /** By case: what its columns that are compared agree by; undefined where it compares nothing. */
  readonly compared: readonly (ComparedColumns | undefined)[]
  /** True where rows are tried until they agree: with columns that are compared, and with what the user says. */
  readonly isTried: boolean
  /** Whether a rule of the user says the values of a column. */
  isOwn(column: string): boolean
  /** Makes what comes before a compared column, and all of them that nothing can change. */
  comparedCells(state: RowState, compared: ComparedColumns, column: string): CellOf
  /** Makes the columns that are compared; where they do not agree, another case and other values are tried. */
  settle(state: RowState, index: number, attempt: number): void
  /** For a look at single cells: no more is made, unless the attempt that counts must be found first. */
  look(state: RowState, index: number, isKey: boolean): void
}

/** What rows are settled with. */
export interface SettlingInput {
  readonly plan: Pick<SeedPlan, 'now'>
  readonly table: TablePlan
  readonly cases: RowCases
  /** Of each column, its place. */
  readonly places: ReadonlyMap<string, number>
  readonly sources: ColumnSources
  readonly cellOf: (state: RowState, place: number) => Cell | undefined
}

/** One for each table. */
export function createRowSettling({ plan, table, cases, places, sources, cellOf }: SettlingInput): RowSettling {
  const compared = cases.all.map((rowCase) => comparedColumns(rowCase, table.facts.columns, plan.now))
  const hasComparisons = compared.some((one) => one !== undefined)
  const own = createOwnCells(table, cases.all, sources)
  const isTried = hasComparisons || own.areJudged
  const isValue = table.columns.map(({ fill }) => fill.kind === 'value')
  const related = new Set(table.relations.flatMap(({ columns }) => columns))
  const casesDecideParents =
    cases.all.length > 1 && cases.all.some(({ domains }) => [...domains.keys()].some((name) => related.has(name)))
  return {
    compared,
    isTried,
    isOwn: own.isRuled,
    comparedCells,
    settle,
    look: (state, index, isKey) => {
      if (isTried && !isKey) settle(state, index, 0)
      else startRow(state, index, 0, cases.pick(index, 0))
    },
  }

  function settle(state: RowState, index: number, attempt: number): void {
    let relationAttempt: number | undefined
    if (attempt > 0) {
      // What other rows compute of this one stays as it was: its keys, its parents, its moment.
      settle(state, index, 0)
      relationAttempt = state.relationAttempt
    }
    for (let extra = 0; extra < caseAttempts; extra++) {
      const tried = attempt * caseAttempts + extra
      const kept = relationAttempt !== undefined && casesDecideParents ? relationAttempt : tried
      start(state, index, tried, kept, relationAttempt)
      for (const name of compared[state.rowCase]?.order ?? []) cellOf(state, placeOf(name))
      if (!hasComparisons || allAgree(state)) return
    }
  }

  /** Begins a row in a case that takes what the user says; where none does, in that which is its turn. */
  function start(state: RowState, index: number, tried: number, kept: number, relationAttempt?: number): void {
    const picked = cases.pick(index, kept)
    startRow(state, index, tried, picked, relationAttempt)
    if (!own.areJudged || fits(state)) return
    for (const other of cases.open(index)) {
      if (other === picked) continue
      startRow(state, index, tried, other, relationAttempt)
      if (fits(state)) return
    }
    startRow(state, index, tried, picked, relationAttempt)
  }

  function fits(state: RowState): boolean {
    return own.fits(state.index, state.rowCase, (place) => cellOf(state, place) ?? null)
  }

  /** Whether values could be made, and what cannot change agrees with them. */
  function allAgree(state: RowState): boolean {
    const comparison = compared[state.rowCase]
    if (state.failed) return false
    return (comparison?.order ?? []).every((name) => {
      const place = placeOf(name)
      const column = table.facts.columns[place]
      if (column === undefined || isOpen(state, place)) return true
      return comparison?.agrees(column, state.cells[place] ?? null, (other) => state.cells[placeOf(other)]) === true
    })
  }

  function comparedCells(state: RowState, { order }: ComparedColumns, column: string): CellOf {
    for (const name of order) {
      const place = placeOf(name)
      if (!isOpen(state, place) && name !== column) cellOf(state, place)
    }
    for (const name of order.slice(0, order.indexOf(column))) cellOf(state, placeOf(name))
    return (other) => state.cells[placeOf(other)]
  }

  function isOpen({ index }: RowState, place: number): boolean {
    return isValue[place] === true && !own.says(index, place)
  }

  function placeOf(name: string): number {
    return places.get(name) ?? -1
  }
}
