import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { createRowMakers, type MakersInput } from '../rows/row-makers.ts'
import { isAllowedRow } from '../rows/is-allowed-row.ts'
import { assignStates, type AssignedRow } from './assign-states.ts'
import type { CoverElement } from './cover-elements.ts'
import { type CoverRow, type CoverState, relationKey, stateText } from './cover-rows.ts'
import { type CoverReport, elementsOf, judgeCover, missingStates } from './judge-cover.ts'
import { listPicks } from './list-picks.ts'

/** Above that many rows a table covers everything by chance. */
const most = 10_000

/** A plan whose rows cover, and what they cover. */
export interface CoveringPlan {
  readonly plan: SeedPlan
  readonly report: CoverReport
}

/**
 * Makes the rows of a plan cover everything that they can: parents are listed row by row, enums and booleans take
 * turns. Rows are then made, and what of NULL and not NULL did not come about by itself is asked for in single cells.
 * Pure.
 */
export function planCover(plan: SeedPlan, input: MakersInput): CoveringPlan {
  const isLeft = (table: TablePlan, column: string): boolean =>
    input.rules?.get(table.name)?.generators?.has(table.fields.get(column)?.name ?? column) === true
  const assigned = new Map<string, readonly AssignedRow[]>()
  const elements = new Map<string, readonly CoverElement[]>()
  let covering = plan
  for (const { key } of plan.tables) {
    const table = covering.tables.find((one) => one.key === key)
    if (table === undefined || table.rows > most) continue
    const makers = createRowMakers(covering, input)
    const own = elementsOf(table, (column) => isLeft(table, column))
    const rows = assignRows(table, own)
    elements.set(key, own)
    assigned.set(key, rows)
    const cover = rows.map((row) => onlyHard(row))
    covering = replace(covering, listPicks({ ...table, cover }, rows, { plan: covering, makers }))
  }
  const makers = createRowMakers(covering, input)
  for (const table of covering.tables) {
    const missing = missingStates(table, elements.get(table.key) ?? [], makers)
    const cover = table.cover?.map((row, place) => withMissing(row, assigned.get(table.key)?.[place], missing))
    if (cover !== undefined && missing.size > 0) covering = replace(covering, { ...table, cover })
  }
  return { plan: covering, report: judgeCover(covering, createRowMakers(covering, input), isLeft) }
}

function replace(plan: SeedPlan, table: TablePlan): SeedPlan {
  return { ...plan, tables: plan.tables.map((one) => (one.key === table.key ? table : one)) }
}

function assignRows(table: TablePlan, elements: readonly CoverElement[]): readonly AssignedRow[] {
  const cases = [...table.checks.cases, ...(table.denied?.cases ?? [])]
  const allowed = table.checks.cases.map((_, place) => place)
  const denied = cases.map((_, place) => place).slice(allowed.length)
  const trees = new Set(
    table.relations.filter(({ parent }) => parent === table.key).map(({ name }) => relationKey(name)),
  )
  return assignStates({
    elements,
    cases,
    casesOf: (row) => (isAllowedRow(table, row) || denied.length === 0 ? allowed : denied),
    given: (row, { columns }) => {
      const cells = columns.map((name) => table.given[row]?.get(name))
      if (cells.includes(undefined)) return undefined
      const [text] = cells
      return text === null || text === undefined ? { kind: 'null' } : { kind: 'value', text }
    },
    isPossible: (row, { key }, state) => row > 0 || state.kind === 'null' || !trees.has(key),
    most: table.rows,
  })
}

/** What must be asked for; NULL and not NULL of plain columns mostly come by themselves, and then mean something. */
function onlyHard({ rowCase, states }: AssignedRow): CoverRow {
  return {
    rowCase,
    wishes: new Map([...states].filter(([key, { kind }]) => kind === 'value' || key.startsWith('#'))),
  }
}

function withMissing(
  row: CoverRow,
  assigned: AssignedRow | undefined,
  missing: ReadonlyMap<string, readonly CoverState[]>,
): CoverRow {
  const more = [...(assigned?.states ?? [])].filter(([key, state]) =>
    missing.get(key)?.some((one) => stateText(one) === stateText(state)),
  )
  return more.length === 0 ? row : { ...row, wishes: new Map([...row.wishes, ...more]) }
}
