import type { Cell } from '../cell.ts'
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { uniqueSets } from '../plan/unique-sets.ts'
import type { RowMakers } from '../rows/row-makers.ts'
import type { CoverElement } from './cover-elements.ts'
import { coverElements } from './cover-elements.ts'
import { type CoverState, relationKey, stateText } from './cover-rows.ts'

/** What rows together are, against what they should be. */
export interface CoverReport {
  readonly rows: number
  /** States that rows should be in. */
  readonly states: number
  readonly missing: readonly MissingState[]
}

/** A state that no row is in. */
export interface MissingState {
  readonly model: string
  /** The field, or the fields of a relation. */
  readonly field: string
  /** `NULL`, `not NULL`, a label, `no child`, `one child`, `many children`. */
  readonly state: string
}

/** The elements of a planned table: what its columns and relations can be. */
export function elementsOf(table: TablePlan, isLeft: (column: string) => boolean): readonly CoverElement[] {
  const cases = [...table.checks.cases, ...(table.denied?.cases ?? [])]
  const fills = new Map(table.columns.map(({ column, fill }) => [column, fill]))
  const elements = coverElements(table.facts, cases, (column) => {
    const fill = fills.get(column)
    return isLeft(column) || (fill?.kind !== 'value' && fill?.kind !== 'distinct')
  })
  return elements.flatMap((element) => {
    const fill = fills.get(element.key)
    if (fill?.kind !== 'distinct' || fill.mayBeNull) return [element]
    const states = element.states.filter(({ kind }) => kind !== 'null')
    return states.length > 1 ? [{ ...element, states }] : []
  })
}

/** The states of an element that no row is in. */
export function missingStates(
  table: TablePlan,
  elements: readonly CoverElement[],
  makers: RowMakers,
): ReadonlyMap<string, readonly CoverState[]> {
  const maker = makers.table(table.key)
  const seen = new Map(elements.map(({ key }) => [key, new Set<string>()]))
  for (let row = 0; row < table.rows; row++) {
    for (const { key } of elements) {
      const isNull = key.startsWith('#') ? maker.parentRow(row, key.slice(1)) < 0 : undefined
      const cell: Cell = isNull === undefined ? maker.cell(row, key) : isNull ? null : ''
      seen.get(key)?.add(cell === null ? 'null' : 'some').add(`=${cell ?? ''}`)
    }
  }
  const missing = elements.map(
    ({ key, states }) => [key, states.filter((state) => seen.get(key)?.has(stateText(state)) !== true)] as const,
  )
  return new Map(missing.filter(([, states]) => states.length > 0))
}

/** Judges all tables of a plan by the rows that would be written. */
export function judgeCover(
  plan: SeedPlan,
  makers: RowMakers,
  isLeft: (table: TablePlan, column: string) => boolean,
): CoverReport {
  let states = 0
  const missing: MissingState[] = []
  for (const table of plan.tables) {
    const elements = elementsOf(table, (column) => isLeft(table, column))
    states += elements.reduce((sum, element) => sum + element.states.length, 0)
    for (const [key, lacking] of missingStates(table, elements, makers)) {
      const field = fieldOf(table, key)
      missing.push(...lacking.map((state) => ({ model: table.name, field, state: nameOf(state) })))
    }
    for (const { name, parent } of table.relations) {
      const wanted = childStates(table, name, makers.rowsOf(parent))
      states += wanted.length
      const counts = countsOf(table, name, makers)
      const lacking = wanted.filter((state) => !counts.has(state))
      missing.push(...lacking.map((state) => ({ model: table.name, field: fieldOf(table, relationKey(name)), state })))
    }
  }
  return { rows: plan.tables.reduce((sum, { rows }) => sum + rows, 0), states, missing }
}

/** How many children a parent can have, in words: one at most where the key is unique, as many as there are parents. */
function childStates({ facts, relations }: TablePlan, relation: string, parents: number): readonly string[] {
  const columns = relations.find(({ name }) => name === relation)?.columns ?? []
  const isSingle = uniqueSets(facts).some(
    (set) => set.predicate === undefined && set.columns.length > 0 && set.columns.every((one) => columns.includes(one)),
  )
  return ['one child', ...(isSingle ? [] : ['many children']), 'no child'].slice(0, Math.max(0, parents))
}

function countsOf(table: TablePlan, relation: string, makers: RowMakers): ReadonlySet<string> {
  const parent = table.relations.find(({ name }) => name === relation)?.parent ?? ''
  const counts = new Array<number>(makers.rowsOf(parent)).fill(0)
  const maker = makers.table(table.key)
  for (let row = 0; row < table.rows; row++) {
    const of = maker.parentRow(row, relation)
    if (of >= 0) counts[of] = (counts[of] ?? 0) + 1
  }
  return new Set(counts.map((count) => (count === 0 ? 'no child' : count === 1 ? 'one child' : 'many children')))
}

function fieldOf({ fields, relations }: TablePlan, key: string): string {
  const columns = relations.find(({ name }) => relationKey(name) === key)?.columns ?? [key]
  return columns.map((column) => fields.get(column)?.name ?? column).join(', ')
}

function nameOf(state: CoverState): string {
  return state.kind === 'value' ? state.text : state.kind === 'null' ? 'NULL' : 'not NULL'
}
