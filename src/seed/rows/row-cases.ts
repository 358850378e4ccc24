import type { RowCase } from '../constraints/domain.ts'
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { columnRandoms } from '../random/cell-random.ts'
import { weighted } from '../random/distribution.ts'
import { isEarly } from './attempts.ts'
import { isAllowedRow } from './is-allowed-row.ts'

/** The ways to satisfy the checks of a table, and which of them a row takes. */
export interface RowCases {
  /** Those of the checks, and after them those of rows in which the predicates of partial unique indexes are denied. */
  readonly all: readonly RowCase[]
  /** The place in `all` of the one that a row takes at an attempt. */
  pick(row: number, attempt: number): number
  /** All that a row may take, by their places in `all`. */
  open(row: number): readonly number[]
}

/** One of a table; which of its cases a row takes follows from its number alone. */
export function createRowCases({ seed }: Pick<SeedPlan, 'seed'>, table: TablePlan): RowCases {
  const { checks, denied, cover } = table
  const randoms = columnRandoms({ seed, model: table.name, field: '#case' })
  const allowedPool = { first: 0, weights: checks.cases.map(({ weight }) => weight) }
  const deniedPool =
    denied === undefined
      ? allowedPool
      : { first: checks.cases.length, weights: denied.cases.map(({ weight }) => weight) }
  const placesOf = ({ first, weights }: typeof allowedPool): readonly number[] =>
    weights.map((_, place) => first + place)
  const open = { allowed: placesOf(allowedPool), denied: placesOf(deniedPool) }
  return {
    open: (row) => (isAllowedRow(table, row) ? open.allowed : open.denied),
    all: [...checks.cases, ...(denied?.cases ?? [])],
    pick: (row, attempt) => {
      const covering = cover?.[row]
      if (covering !== undefined && isEarly(attempt)) return covering.rowCase
      const { first, weights } = isAllowedRow(table, row) ? allowedPool : deniedPool
      return weights.length < 2 ? first : first + weighted(randoms(row, attempt).fraction(), weights)
    },
  }
}
