import type { Cell } from '../cell.ts'
import type { RowCase } from '../constraints/domain.ts'
import type { RowView } from '../generators/generator.ts'
import type { Locale } from '../locale/locale.ts'
import { selfOwner } from '../plan/index-owner.ts'
import type { Fill, SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { addressesOf } from '../shared/addresses.ts'
import { peopleOf } from '../shared/people.ts'
import type { ColumnSources } from './column-sources.ts'
import { givenPeople } from './given-people.ts'
import type { RowState } from './row-state.ts'

/** What views of rows are made from. */
export interface ViewsInput {
  readonly plan: Pick<SeedPlan, 'seed'>
  readonly table: TablePlan
  readonly locale: Locale
  readonly sources: ColumnSources
  readonly cases: readonly RowCase[]
  /** Of each column, its place. */
  readonly places: ReadonlyMap<string, number>
  readonly cellOf: (state: RowState, place: number) => Cell | undefined
  readonly momentOf: (state: RowState) => number
}

/** How generators see the rows of a table: other cells, and the one person, place and moment of a row. */
export function createRowViews(input: ViewsInput): (state: RowState) => RowView {
  const { plan, table, locale, places, cellOf, momentOf } = input
  const address = { seed: plan.seed, model: table.name, locale }
  const people = peopleOf(address)
  const given = givenPeople(table, locale, people.of)
  const moved = table.moved.get(selfOwner)
  const addresses = addressesOf(address)
  const countryPlace = findCountry(input)
  return (state) => {
    let person = { index: -1, value: people.at(0) }
    let place = { index: -1, value: addresses(0) }
    return {
      get index() {
        return state.index
      },
      cell: (column) => {
        const at = places.get(column)
        return at === undefined ? undefined : cellOf(state, at)
      },
      get person() {
        const { index } = state
        if (person.index === index) return person.value
        const value = (index < given.length ? given[index] : undefined) ?? people.of(moved?.get(index) ?? index)
        person = { index, value }
        return person.value
      },
      get address() {
        if (place.index === state.index) return place.value
        const country = countryPlace === undefined ? undefined : cellOf(state, countryPlace)
        place = { index: state.index, value: addresses(state.index, country ?? undefined) }
        return place.value
      },
      get moment() {
        return momentOf(state)
      },
    }
  }
}

/** The column that says in which country the row's address is: its own, or a key of a table of countries. */
function findCountry({ table, cases, sources }: ViewsInput): number | undefined {
  const [first] = cases
  if (first === undefined) return undefined
  const place = table.facts.columns.findIndex(
    (column, at) => isChosen(table.columns[at]?.fill.kind) && sources(column, first).generator.name === 'countryCode',
  )
  return place < 0 ? undefined : place
}

function isChosen(kind: Fill['kind'] | undefined): boolean {
  return kind === 'value' || kind === 'relation'
}
