import { Bug } from '../../errors/bug.ts'
import type { Cell } from '../cell.ts'
import type { RowCase } from '../constraints/domain.ts'
import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { RowView } from '../generators/generator.ts'
import { indexOwner, selfOwner } from '../plan/index-owner.ts'
import type { Fill, RowIndex, SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { columnRandoms } from '../random/cell-random.ts'
import { tieredPermutation } from '../random/permutation.ts'
import type { CoverState } from '../cover/cover-rows.ts'
import { isCalculatedWith } from '../edges/is-calculated-with.ts'
import { isEarly } from './attempts.ts'
import type { ColumnSource } from './column-source.ts'
import type { ColumnSources } from './column-sources.ts'
import { foldText } from './fold-text.ts'
import { createIndex } from './pick-parent.ts'
import type { RowMakers } from './row-makers.ts'
import type { RowState } from './row-state.ts'
import type { CellOf, ComparedColumns } from './settle-comparisons.ts'
import { createSlots, rangeText } from './slots.ts'

/** Makes one cell of a row. */
export type FillCell = (state: RowState) => Cell

/** What cells are compiled from. */
export interface CellsInput {
  readonly plan: SeedPlan
  readonly table: TablePlan
  readonly sources: ColumnSources
  readonly makers: RowMakers
  /** By `RowState.rowCase`. */
  readonly cases: readonly RowCase[]
  /** By `RowState.rowCase`: what its columns that are compared agree by. */
  readonly compared: readonly (ComparedColumns | undefined)[]
  /** Makes what comes before a compared column, and all of them that nothing can change. */
  readonly comparedCells: (state: RowState, compared: ComparedColumns, column: string) => CellOf
  readonly parentOf: (state: RowState, relation: number) => number
}

/** The share of NULLs in unique columns that may have them. */
const nullShare = 0.1
const largestSpace = 2 ** 48

/** One for each column of the table. */
export function compileCells(input: CellsInput): readonly FillCell[] {
  const { plan, table } = input
  return table.columns.map(({ column: name, fill }) => {
    const column = table.facts.columns.find((one) => one.name === name)
    if (column === undefined) throw new Bug(`${table.key} has no column ${name}`)
    switch (fill.kind) {
      case 'omitted':
        return () => null
      case 'number': {
        const number = fill.index === undefined ? undefined : indexOf(column, fill.index, input)
        return (state) => String((number?.(state.index) ?? state.index + table.offset) + 1)
      }
      case 'relation':
        return compileRelated(column, input)
      case 'value':
        return compileValue(column, input)
      case 'distinct':
        return compileDistinct(column, fill, input)
      case 'slot': {
        const slotOf = createSlots(column, plan.now)
        const index = indexOf(column, fill.index, input)
        if (fill.part === 'range') return (state) => rangeText(slotOf(index(state.index)))
        const part = fill.part
        return (state) => slotOf(index(state.index))[part]
      }
    }
  })
}

function randomsOf(
  column: ColumnFacts,
  { plan, table }: CellsInput,
  suffix = '',
): ReturnType<typeof columnRandoms> {
  return columnRandoms({
    seed: plan.seed,
    model: table.name,
    field: `${table.fields.get(column.name)?.name ?? column.name}${suffix}`,
  })
}

/** The number by which a column is distinct in a row. */
function indexOf(column: ColumnFacts, index: RowIndex, input: CellsInput): ReturnType<typeof createIndex> {
  return createIndex(index, randomsOf(column, input), input.table.moved.get(indexOwner(index, column.name)))
}

/** The sources of a column, by case. */
function sourcesOf(column: ColumnFacts, { sources, cases }: CellsInput): readonly ColumnSource[] {
  return cases.map((rowCase) => sources(column, rowCase))
}

function compileValue(column: ColumnFacts, input: CellsInput): FillCell {
  const { table } = input
  const randoms = randomsOf(column, input)
  const edgeOf = compileEdges(column, input)
  const byCase = sourcesOf(column, input)
  const compared = input.compared.map((columns) =>
    columns?.order.includes(column.name) === true && !isOwn(byCase) ? columns : undefined,
  )
  return (state) => {
    const source = byCase[state.rowCase]
    const comparison = compared[state.rowCase]
    if (source === undefined) return null
    const wish = table.cover?.[state.index]?.wishes.get(column.name)
    if (wish !== undefined && isEarly(state.attempt)) {
      const covered = coverCell(wish, source, comparison !== undefined)
      if (covered !== undefined) return covered
      if (wish.kind === 'some' && comparison === undefined)
        return source.some(state.view, randoms(state.index, state.attempt)) ?? null
    }
    const edge = comparison === undefined && isEarly(state.attempt) ? edgeOf(state) : undefined
    if (edge !== undefined) return edge
    if (comparison === undefined) return source.make(state.view, randoms(state.index, state.attempt)) ?? null
    const cellOf = input.comparedCells(state, comparison, column.name)
    const made = comparison.make(column, source, state.view, randoms(state.index, state.attempt), cellOf)
    state.failed ||= made === undefined
    return made ?? null
  }
}

/** Whether the user says the values. */
function isOwn([source]: readonly ColumnSource[]): boolean {
  return source?.generator.isOwn === true
}

/** Now and then a value at the edge of what the column takes; undefined for all other rows. */
function compileEdges(column: ColumnFacts, input: CellsInput): (state: RowState) => Cell | undefined {
  const { plan, table } = input
  const share = plan.edges ?? 0
  if (share === 0) return () => undefined
  const randoms = randomsOf(column, input, '#edge')
  const isCounted = isCalculatedWith(column.name, table, plan)
  const byCase = sourcesOf(column, input).map((source) => source.edges(isCounted))
  return ({ index, attempt, rowCase }) => {
    const edges = byCase[rowCase] ?? []
    const random = randoms(index, attempt)
    return edges.length > 0 && random.fraction() < share ? random.pick(edges) : undefined
  }
}

/** What a row is there for, where the column takes it; what is compared with other columns follows from these. */
function coverCell(wish: CoverState, source: ColumnSource, isCompared: boolean): Cell | undefined {
  if (wish.kind === 'null') return source.contains(null) ? null : undefined
  return wish.kind === 'value' && !isCompared && source.contains(wish.text) ? wish.text : undefined
}

function compileDistinct(column: ColumnFacts, fill: Fill & { readonly kind: 'distinct' }, input: CellsInput): FillCell {
  const { plan, table, cases } = input
  const randoms = randomsOf(column, input)
  const field = table.fields.get(column.name)?.name ?? column.name
  const byCase = sourcesOf(column, input)
  // What others have put there may be among the first.
  const isFirst = table.offset === 0
  const key = [plan.seed, table.name, field]
  const scatter = byCase.map(({ capacity, first, isDistinctItself }) =>
    isDistinctItself || !fill.isScattered
      ? (index: number) => index
      : tieredPermutation(key, isFirst ? first : 0, Math.max(1, Math.min(largestSpace, capacity))),
  )
  const index = indexOf(column, fill.index, input)
  const isRow = fill.index.kind === 'row'
  const own = isOwn(byCase)
  const moved = table.moved.get(selfOwner)
  if (own && isRow && byCase[0]?.isDistinctItself === true) {
    return (state) => byCase[0]?.make(state.view, randoms(state.index)) ?? null
  }
  const nulls = cases.map((rowCase) => rowCase.domains.get(column.name)?.null ?? (fill.mayBeNull ? 'allowed' : 'never'))
  return (state) => {
    const source = byCase[state.rowCase]
    const wish = nulls[state.rowCase]
    if (source === undefined || wish === 'always') return null
    const random = randoms(state.index)
    const covered = table.cover?.[state.index]?.wishes.get(column.name)?.kind
    const share = covered === 'null' ? 1 : covered === undefined ? nullShare : 0
    if (!own && fill.mayBeNull && wish === 'allowed' && random.fraction() < share) return null
    if (source.isDistinctItself && isRow) {
      const other = moved?.get(state.index)
      if (other === undefined) return fold(source.make(state.view, random) ?? null, state.index)
      return fold(source.make(viewAs(state, other), randoms(other)) ?? null, other)
    }
    const place = index(state.index)
    return fold(source.at(scatter[state.rowCase]?.(place) ?? place, state.view), place)
  }

  function fold(cell: Cell, place: number): Cell {
    return fill.fold && !own && cell !== null ? foldText(cell, place, column.maxLength) : cell
  }
}

/** A row as it is but for its number. */
function viewAs({ view }: RowState, index: number): RowView {
  return Object.create(view, { index: { value: index } }) as RowView
}

/**
 * The parent's value, from the first relation with this column that has a parent. A column that is never NULL has a
 * value of its own in rows without one, as the tenant of a row whose only other relation is optional.
 */
function compileRelated(column: ColumnFacts, input: CellsInput): FillCell {
  const { table, makers, parentOf } = input
  const ways = table.relations.flatMap((relation, place) => {
    const target = relation.targetColumns[relation.columns.indexOf(column.name)]
    return target === undefined ? [] : [{ place, target, key: relation.parent }]
  })
  const own = column.notNull ? compileAlone(column, input) : () => null
  return (state) => {
    for (const { place, target, key } of ways) {
      const parent = parentOf(state, place)
      if (parent >= 0) return makers.parent(key).cell(parent, target)
    }
    return own(state)
  }
}

/** A value that stays while others of the row are made anew, since rows may point to it. */
function compileAlone(column: ColumnFacts, input: CellsInput): FillCell {
  const randoms = randomsOf(column, input)
  let sources: readonly ColumnSource[] | undefined
  return ({ index, relationAttempt, rowCase, view }) => {
    sources ??= sourcesOf(column, input)
    return sources[rowCase]?.some(view, randoms(index, relationAttempt)) ?? null
  }
}
