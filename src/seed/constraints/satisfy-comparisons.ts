import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import { anything } from './any-value.ts'
import { comparisonOrder } from './comparison-order.ts'
import type { ColumnComparison, Domain, RowCase } from './domain.ts'
import { intersectDomains } from './intersect-domains.ts'
import { areOpposed, type Interval, intervalOf, narrowInterval, type NumberComparison, numberComparison } from './intervals.ts'
import { compare, rationalText } from './rational.ts'
import { lineOf } from './samplers/line-of.ts'
import { boundOf, placeOf } from './samplers/line-sampler.ts'
import type { Line } from './samplers/line.ts'

/** How the columns of a case's comparisons are made one after the other. */
export interface ComparisonPlan {
  /** The columns that are compared, each before those that are best made from it: a start before its end. */
  readonly order: readonly string[]
  /**
   * The domain of a column, given the cells that are made; undefined for one that is not. It leaves room for those
   * that are not. Columns that are not compared have their domain of the case. Undefined where no value is left.
   */
  domainOf(column: string, cellOf: (column: string) => Cell | undefined): Domain | undefined
  /** False where no row at all satisfies the comparisons. */
  readonly isPossible: boolean
}

/** Plans the columns of one case. Make it once per case: it works out the room that every column leaves to others. */
export function planComparisons(rowCase: RowCase, columns: readonly ColumnFacts[], now: number): ComparisonPlan {
  const facts = new Map(columns.map((column) => [column.name, column]))
  const lines = new Map(columns.map((column) => [column.name, lineOf(column, now)]))
  const domainOfCase = (column: string): Domain =>
    rowCase.domains.get(column) ?? (facts.get(column)?.notNull === true ? { ...anything, null: 'never' } : anything)
  const isOnLine = ({ terms }: ColumnComparison): boolean =>
    terms.every((term) => term.columns.every((column) => isNumeric(lines.get(column))))
  const sums = rowCase.comparisons.filter(isOnLine).map(numberComparison)
  const pairs = rowCase.comparisons.filter((comparison) => !isOnLine(comparison))
  const intervals = new Map<string, Interval>()
  for (const column of new Set(sums.flatMap((sum) => sum.columns))) {
    const line = lines.get(column)
    if (line !== undefined) intervals.set(column, intervalOf(line, domainOfCase(column)))
  }
  const opposed = sums.some((one, place) => sums.slice(place + 1).some((other) => areOpposed(one, other)))
  const isPossible = settle(sums, intervals) && !opposed
  return {
    order: comparisonOrder(rowCase.comparisons),
    isPossible: isPossible || sums.some((sum) => sum.columns.some((column) => domainOfCase(column).null !== 'never')),
    domainOf: (column, cellOf) => {
      let domain: Domain | undefined = domainOfCase(column)
      const line = lines.get(column)
      for (const pair of pairs) domain = domain && pairDomain(pair, column, domain, cellOf, line)
      if (domain === undefined || domain.null === 'always' || line === undefined) return domain
      const intervalAt = (other: string): Interval | 'null' | undefined => {
        const cell = cellOf(other)
        if (cell === undefined) return domainOfCase(other).null === 'always' ? 'null' : intervals.get(other)
        const otherLine = lines.get(other)
        const place = cell === null || otherLine === undefined ? undefined : placeOf(otherLine, cell)
        return place === undefined ? 'null' : { low: place, high: place }
      }
      for (const sum of sums) {
        if (!sum.columns.includes(column)) continue
        const narrowed = narrowInterval(sum, column, intervalAt)
        if (narrowed === undefined) continue
        const limits: Domain = { ...anything, ...limitsOf(line, narrowed) }
        domain = intersectDomains(domain, limits, (text) => boundOf(line, { value: text, inclusive: true }))
        if (domain === undefined) return undefined
      }
      return domain
    },
  }
}

function isNumeric(line: Line | undefined): boolean {
  return line !== undefined && line.unit !== 'boolean' && line.unit !== 'uuid'
}

/** Narrows the intervals by each other until they stay; false where one of them is empty. */
function settle(sums: readonly NumberComparison[], intervals: Map<string, Interval>): boolean {
  for (let round = 0; round < 8; round++) {
    let changed = false
    for (const sum of sums) {
      for (const column of sum.columns) {
        const before = intervals.get(column)
        const narrowed = narrowInterval(sum, column, (other) => intervals.get(other))
        if (before === undefined || narrowed === undefined) continue
        const { low: above = before.low, high: below = before.high } = narrowed
        const low = compare(above, before.low) > 0 ? above : before.low
        const high = compare(below, before.high) < 0 ? below : before.high
        if (compare(low, high) > 0) return false
        changed ||= low !== before.low || high !== before.high
        intervals.set(column, { low, high })
      }
    }
    if (!changed) return true
  }
  return true
}

function limitsOf(line: Line, narrowed: ReturnType<typeof narrowInterval> & object): Partial<Domain> {
  const text = (value: Interval['low']): string => (line.unit === 'number' ? rationalText(value) : line.format(value))
  if (narrowed.excluded !== undefined) return { excluded: [line.format(narrowed.excluded)] }
  const inclusive = !narrowed.isStrict
  return {
    ...(narrowed.low === undefined ? {} : { min: { value: text(narrowed.low), inclusive } }),
    ...(narrowed.high === undefined ? {} : { max: { value: text(narrowed.high), inclusive } }),
  }
}

/** Values of which only equality is known: the same as the other column's, or another. */
function pairDomain(
  { terms, operator }: ColumnComparison,
  column: string,
  domain: Domain,
  cellOf: (column: string) => Cell | undefined,
  line: Line | undefined,
): Domain | undefined {
  const columns = terms.flatMap((term) => term.columns)
  if (!columns.includes(column)) return domain
  const cell = cellOf(columns.find((other) => other !== column) ?? column)
  if (cell === undefined || cell === null) return domain
  const limit: Domain = { ...anything, ...(operator === '=' ? { values: [cell] } : { excluded: [cell] }) }
  return intersectDomains(domain, limit, (text) => line?.parse(text))
}
