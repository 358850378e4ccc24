import { Bug } from '../../errors/bug.ts'
import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import type { RowView } from '../generators/generator.ts'
import type { Locale } from '../locale/locale.ts'
import type { Fill, SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { columnRandoms } from '../random/cell-random.ts'
import { caseAttempts, isEarly } from './attempts.ts'
import { edgeMoments } from '../edges/time-edges.ts'
import { weighted } from '../random/distribution.ts'
import { addressesOf } from '../shared/addresses.ts'
import { momentsOf, notBefore } from '../shared/moments.ts'
import { peopleOf } from '../shared/people.ts'
import type { ColumnSources } from './column-sources.ts'
import { compileCells } from './compile-cells.ts'
import { compileRelations } from './compile-relations.ts'
import { givenParent } from './given-parent.ts'
import { isAllowedRow } from './is-allowed-row.ts'
import type { RowMaker } from './row-maker.ts'
import type { RowMakers } from './row-makers.ts'
import { createRowStates, type RowState, startRow } from './row-state.ts'
import { type CellOf, comparedColumns, type ComparedColumns } from './settle-comparisons.ts'

/** What a maker works with. */
export interface MakerContext {
  readonly locale: Locale
  readonly sources: ColumnSources
  readonly makers: RowMakers
}

const cacheSize = 4096

/** Makes the rows of one table. Deterministic: all that a row depends on is in the plan. */
export function createRowMaker(plan: SeedPlan, table: TablePlan, { locale, sources, makers }: MakerContext): RowMaker {
  const names = table.facts.columns.map(({ name }) => name)
  const places = new Map(names.map((name, place) => [name, place]))
  const written = table.columns.flatMap(({ column, fill }, place) =>
    fill.kind === 'omitted' ? [] : [{ column, place }],
  )
  const writtenPlaces = written.map(({ place }) => place)
  const address = { seed: plan.seed, model: table.name }
  const caseRandoms = columnRandoms({ ...address, field: '#case' })
  const ownMoment = edgyMoments(plan, table.name)
  const people = peopleOf({ ...address, locale })
  const addresses = addressesOf({ ...address, locale })
  const allowedPool = { first: 0, weights: table.checks.cases.map(({ weight }) => weight) }
  const deniedPool =
    table.denied === undefined
      ? allowedPool
      : { first: table.checks.cases.length, weights: table.denied.cases.map(({ weight }) => weight) }
  const cases = [...table.checks.cases, ...(table.denied?.cases ?? [])]
  const findParents = compileRelations(plan, table, makers, cases)
  const compared = cases.map((rowCase) => comparedColumns(rowCase, table.facts.columns, plan.now))
  const fills = compileCells({ plan, table, sources, makers, cases, compared, comparedCells, parentOf })
  const timed = table.relations.flatMap((relation, place) =>
    relation.isTimed && relation.pick.kind !== 'previous' ? [{ place, parent: relation.parent }] : [],
  )
  const countryPlace = countryColumn()
  const patched = new Set(table.relations.filter(({ isPatched }) => isPatched).flatMap(({ nullable }) => nullable))
  const isPatched = names.map((name) => patched.has(name))
  const isValue = table.columns.map(({ fill }) => fill.kind === 'value')
  const isStable = table.columns.map(
    ({ fill }) => fill.kind === 'number' || fill.kind === 'distinct' || fill.kind === 'slot',
  )
  const hasComparisons = compared.some((one) => one !== undefined)
  const related = new Set(table.relations.flatMap(({ columns }) => columns))
  const casesDecideParents =
    cases.length > 1 && cases.some(({ domains }) => [...domains.keys()].some((name) => related.has(name)))
  const moments = new Float64Array(cacheSize)
  const momentRows = new Float64Array(cacheSize).fill(-1)
  const states = createRowStates(names.length, findParents.length, viewOf)
  const output: Cell[] = []

  return {
    rows: table.rows,
    columns: written.map(({ column }) => column),
    // Asked for only where the database refuses rows.
    get ties() {
      return table.facts.columns.flatMap((column, place) =>
        table.columns[place]?.fill.kind !== 'value' ? [] : cases.map((one) => [column.name, ...sources(column, one).generator.after]),
      )
    },
    isPlain: written.map(({ place }) => isPlainType(table.facts.columns[place])),
    row: (index, attempt = 0) => {
      const state = states.take()
      fill(state, index, attempt)
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
        return get(state, place) ?? null
      })
    },
    moment: (index) => {
      const slot = index % cacheSize
      if (!hasComparisons && momentRows[slot] === index) return moments[slot] ?? 0
      return withState((state) => {
        look(state, index, false)
        return momentOf(state)
      })
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

  /** Makes all cells. */
  function fill(state: RowState, index: number, attempt: number): void {
    settle(state, index, attempt)
    for (let place = 0; place < names.length; place++) get(state, place)
  }

  /** Makes the columns that are compared; where they do not agree, another case and other values are tried. */
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
      startRow(state, index, tried, pickCase(index, kept), relationAttempt)
      for (const name of compared[state.rowCase]?.order ?? []) get(state, places.get(name) ?? -1)
      if (!hasComparisons || allAgree(state)) return
    }
  }

  /** Whether values could be made, and what cannot change agrees with them. */
  function allAgree(state: RowState): boolean {
    const comparison = compared[state.rowCase]
    if (state.failed) return false
    return (comparison?.order ?? []).every((name) => {
      const place = places.get(name) ?? -1
      const column = table.facts.columns[place]
      if (column === undefined || isValue[place] === true) return true
      return (
        comparison?.agrees(column, state.cells[place] ?? null, (other) => state.cells[places.get(other) ?? -1]) === true
      )
    })
  }

  function comparedCells(state: RowState, { order }: ComparedColumns, column: string): CellOf {
    for (const name of order) {
      const place = places.get(name) ?? -1
      if (isValue[place] !== true && name !== column) get(state, place)
    }
    for (const name of order.slice(0, order.indexOf(column))) get(state, places.get(name) ?? -1)
    return (other) => state.cells[places.get(other) ?? -1]
  }

  /** For a look at single cells: only what is asked for is made, unless the attempt that counts must be found first. */
  function look(state: RowState, index: number, isKey: boolean): void {
    if (hasComparisons && !isKey) settle(state, index, 0)
    else startRow(state, index, 0, pickCase(index, 0))
  }

  function pickCase(row: number, attempt: number): number {
    const covering = table.cover?.[row]
    if (covering !== undefined && isEarly(attempt)) return covering.rowCase
    const { first, weights } = isAllowedRow(table, row) ? allowedPool : deniedPool
    return weights.length < 2 ? first : first + weighted(caseRandoms(row, attempt).fraction(), weights)
  }

  function get(state: RowState, place: number): Cell | undefined {
    const known = state.cells[place]
    if (known !== undefined) return known
    if (state.busy[place] === 1) return undefined
    state.busy[place] = 1
    const cell = table.given[state.index]?.get(names[place] ?? '') ?? fills[place]?.(state) ?? null
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

  function momentOf(state: RowState): number {
    if (!Number.isNaN(state.moment)) return state.moment
    const { index } = state
    const slot = index % cacheSize
    if (state.relationAttempt > 0 || momentRows[slot] !== index) {
      let earliest = -Infinity
      for (const { place, parent } of timed) {
        const row = parentOf(state, place)
        if (row >= 0 && (parent !== table.key || row < index))
          earliest = Math.max(earliest, makers.parent(parent).moment(row))
      }
      state.moment = notBefore(ownMoment(index), earliest, plan.now)
      if (state.relationAttempt > 0) return state.moment
      moments[slot] = state.moment
      momentRows[slot] = index
    }
    state.moment = moments[slot] ?? 0
    return state.moment
  }

  function viewOf(state: RowState): RowView {
    let person = { index: -1, value: people.at(0) }
    let place = { index: -1, value: addresses(0) }
    return {
      get index() {
        return state.index
      },
      cell: (column) => {
        const at = places.get(column)
        return at === undefined ? undefined : get(state, at)
      },
      get person() {
        if (person.index !== state.index) person = { index: state.index, value: people.of(state.index) }
        return person.value
      },
      get address() {
        if (place.index === state.index) return place.value
        const country = countryPlace === undefined ? undefined : get(state, countryPlace)
        place = { index: state.index, value: addresses(state.index, country ?? undefined) }
        return place.value
      },
      get moment() {
        return momentOf(state)
      },
    }
  }

  /** The column that says in which country the row's address is: its own, or a key of a table of countries. */
  function countryColumn(): number | undefined {
    const [first] = cases
    if (first === undefined) return undefined
    const place = table.facts.columns.findIndex(
      (column, at) =>
        isChosen(table.columns[at]?.fill.kind) && sources(column, first).generator.name === 'countryCode',
    )
    return place < 0 ? undefined : place
  }
}

/** When rows came to be; some of them at moments that programs get wrong. */
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

/** Types whose text holds no tab, no line break and no backslash. */
function isPlainType(column: ColumnFacts | undefined): boolean {
  return column?.arrayDimensions === 0 && column.kind === 'scalar' && plainTypes.has(column.baseType)
}

const plainTypes: ReadonlySet<string> = new Set(
  'int2 int4 int8 numeric float4 float8 bool uuid date time timetz timestamp timestamptz inet cidr money'.split(' '),
)

function isChosen(kind: Fill['kind'] | undefined): boolean {
  return kind === 'value' || kind === 'relation'
}
