import type { RowCase } from '../constraints/domain.ts'
import { type CoverElement, isAllowed } from './cover-elements.ts'
import { type CoverState, stateText } from './cover-rows.ts'

/** A row with a state for each element that it is there for. */
export interface AssignedRow {
  readonly rowCase: number
  readonly states: ReadonlyMap<string, CoverState>
}

/** What rows may be like. */
export interface AssignInput {
  readonly elements: readonly CoverElement[]
  readonly cases: readonly RowCase[]
  /** Cases that a row may be of; all of them where it is left out. */
  readonly casesOf?: (row: number) => readonly number[]
  /** What a row is already, whatever is assigned; undefined where it is open. */
  readonly given?: (row: number, element: CoverElement) => CoverState | undefined
  /** States that a row cannot be in: the first of a tree has no parent. */
  readonly isPossible?: (row: number, element: CoverElement, state: CoverState) => boolean
  readonly most: number
}

/**
 * The fewest rows in which every element is in each of its states, found greedily: each row takes the case in which
 * most of what is left can be. Without checks that is exactly as many rows as the element with most states has.
 * Elements begin with different states, so that not all are NULL in one row.
 */
export function assignStates(input: AssignInput): readonly AssignedRow[] {
  const { elements, cases, most, isPossible = () => true } = input
  const all = cases.map((_, place) => place)
  // What few cases allow comes first: there may be few rows that can be of them.
  const left = elements.map((element, place) => {
    const choices = (state: CoverState): number => cases.filter((one) => isAllowed(element, state, one)).length
    return rotated(element.states, place).toSorted((one, other) => choices(one) - choices(other))
  })
  const rows: AssignedRow[] = []
  const fruitless = new Set<number>()
  while (rows.length < most && left.some((states) => states.length > 0)) {
    const row = rows.length
    for (const [place, element] of elements.entries()) {
      const given = input.given?.(row, element)
      if (given !== undefined) drop(place, given)
    }
    const options = (input.casesOf?.(row) ?? all).map((rowCase) => ({ rowCase, states: statesIn(row, rowCase) }))
    const best = options.toSorted((one, other) => other.states.size - one.states.size)[0]
    rows.push(best ?? { rowCase: 0, states: new Map() })
    for (const [place, element] of elements.entries()) {
      const state = best?.states.get(element.key)
      if (state !== undefined) drop(place, state)
    }
    // Rows that are given take nothing; a few others may have no room.
    if ((best?.states.size ?? 0) === 0) fruitless.add(row)
    if (fruitless.size > most / 2 && fruitless.size > 8) break
  }
  while (fruitless.delete(rows.length - 1)) rows.pop()
  return rows

  function statesIn(row: number, rowCase: number): ReadonlyMap<string, CoverState> {
    const found = new Map<string, CoverState>()
    const one = cases[rowCase]
    if (one === undefined) return found
    elements.forEach((element, place) => {
      if (input.given?.(row, element) !== undefined) return
      const state = left[place]?.find((wanted) => isAllowed(element, wanted, one) && isPossible(row, element, wanted))
      if (state !== undefined) found.set(element.key, state)
    })
    return found
  }

  function drop(place: number, state: CoverState): void {
    const text = stateText(state)
    left[place] = (left[place] ?? []).filter((one) => stateText(one) !== text)
  }
}

function rotated<Value>(values: readonly Value[], by: number): readonly Value[] {
  const start = values.length === 0 ? 0 : by % values.length
  return [...values.slice(start), ...values.slice(0, start)]
}
