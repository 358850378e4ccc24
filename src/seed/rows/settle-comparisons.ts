import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import type { RowCase } from '../constraints/domain.ts'
import { createSampler } from '../constraints/samplers/create-sampler.ts'
import { type ComparisonPlan, planComparisons } from '../constraints/satisfy-comparisons.ts'
import type { RowView } from '../generators/generator.ts'
import type { Random } from '../random/random.ts'
import type { ColumnSource } from './column-source.ts'

/** The columns that the checks of a table compare with each other, in one case. */
export interface ComparedColumns {
  readonly order: readonly string[]
  /** A value that agrees with what is made; undefined where there is none. */
  make(column: ColumnFacts, source: ColumnSource, row: RowView, random: Random, cellOf: CellOf): Cell | undefined
  /** Whether a cell that nothing can change, such as a key, agrees with what is made. */
  agrees(column: ColumnFacts, cell: Cell, cellOf: CellOf): boolean
}

/** A cell that is made, undefined for one that is not. */
export type CellOf = (column: string) => Cell | undefined

const proposals = 4

/** One for each case; undefined where it compares nothing. */
export function comparedColumns(
  rowCase: RowCase,
  columns: readonly ColumnFacts[],
  now: number,
): ComparedColumns | undefined {
  if (rowCase.comparisons.length === 0) return undefined
  const plan: ComparisonPlan = planComparisons(rowCase, columns, now)
  return {
    order: plan.order,
    make: (column, { generator }, row, random, cellOf) => {
      const domain = plan.domainOf(column.name, cellOf)
      if (domain === undefined) return undefined
      if (domain.null === 'always') return null
      const sampler = createSampler(column, domain, { now })
      for (let proposal = 0; proposal < proposals; proposal++) {
        const proposed = (proposal === 0 ? generator : (generator.otherwise ?? generator)).make(row, random)
        if (sampler.contains(proposed)) return proposed
      }
      return sampler.draw(random)
    },
    agrees: (column, cell, cellOf) => {
      const domain = plan.domainOf(column.name, cellOf)
      return domain !== undefined && createSampler(column, domain, { now }).contains(cell)
    },
  }
}
