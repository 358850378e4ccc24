import type { CompiledChecks } from '../constraints/domain.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { type ColumnSource, emptyRow } from '../rows/column-source.ts'
import { capacityExceeded } from './errors.ts'
import { pairsOf } from './pairs.ts'
import type { FactoredSet, KeyPlan } from './plan-keys.ts'
import type { RowIndex } from './seed-plan.ts'

/** What is known where pairs of values are looked for. */
export interface ColumnPairsInput {
  readonly name: string
  readonly rows: number
  readonly facts: Pick<TableFacts, 'columns'>
  readonly checks: CompiledChecks
  readonly source: (column: ColumnFacts) => ColumnSource
}

/** Above this there is room for a value of its own in each row. */
const mostValues = 10_000

/**
 * The indexes of two columns that a unique set tells apart by the digits of the row's number, where a check wants one
 * below the other: each pair of two values once. Without it half of all combinations would be refused.
 * @throws SEED_CAPACITY
 */
export function orderColumns(
  sets: readonly FactoredSet[],
  keys: Pick<KeyPlan, 'columns'>,
  { name, rows, facts, checks, source }: ColumnPairsInput,
): ReadonlyMap<string, RowIndex> {
  const indexes = new Map<string, RowIndex>()
  for (const { set, factors } of sets) {
    const names = factors.map((factor) => factor.name)
    const isCounted = factors.every((one) => one.kind === 'column' && keys.columns.get(one.name)?.kind === 'digit')
    const isAlone = sets.every((other) => other.set === set || !other.factors.some((one) => names.includes(one.name)))
    const [one = '', other = ''] = names
    if (names.length !== 2 || !isCounted || !isAlone) continue
    const [lesser, greater] = isLess(one, other, checks) ? [one, other] : isLess(other, one, checks) ? [other, one] : []
    if (lesser === undefined || greater === undefined) continue
    const values = names.map((column) => valuesOf(facts.columns.find((found) => found.name === column), source))
    const [first] = values
    if (first === undefined || values.some((list) => list?.join() !== first.join())) continue
    const room = pairsOf(first.length)
    if (room < rows) throw capacityExceeded(name, set.name, set.columns, room, rows)
    indexes.set(lesser, { kind: 'pair', part: 'lesser' })
    indexes.set(greater, { kind: 'pair', part: 'greater' })
  }
  return indexes
}

/** All numbers that a column can have, where they are counted off from the lowest. */
function valuesOf(
  column: ColumnFacts | undefined,
  source: ColumnPairsInput['source'],
): readonly number[] | undefined {
  if (column === undefined) return undefined
  const { capacity, at, isDistinctItself } = source(column)
  if (isDistinctItself || capacity > mostValues) return undefined
  const values = Array.from({ length: capacity }, (_, index) => Number(at(index, emptyRow)))
  return values.every((value, index) => index === 0 || value > (values[index - 1] ?? value)) ? values : undefined
}

/** `lesser - greater < 0`, in all cases. */
function isLess(lesser: string, greater: string, { cases }: CompiledChecks): boolean {
  const signs = new Map([[lesser, '1'], [greater, '-1']])
  return cases.every(({ comparisons }) =>
    comparisons.some(
      ({ operator, terms }) =>
        operator === '<' &&
        terms.length === 2 &&
        terms.every(({ columns, coefficient }) => columns.length === 1 && signs.get(columns[0] ?? '') === coefficient),
    ),
  )
}
