import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'

/** Whether something is calculated from a column: a generated column, a check that the database tries, a total. */
export function isCalculatedWith(column: string, table: TablePlan, { tables }: SeedPlan): boolean {
  const { key, facts, checks } = table
  const texts = [
    ...facts.columns.map(({ generated }) => generated ?? ''),
    ...checks.asked.map(({ expression }) => expression),
    ...facts.uniques.flatMap(({ keys }) => keys.map((one) => ('expression' in one ? one.expression : ''))),
  ]
  if (texts.some((text) => text.includes(column)) || facts.insertTriggers.length > 0) return true
  const own = table.totals.some(({ sum }) => {
    if (sum.kind === 'parts') return [...sum.plus, ...sum.minus].includes(column)
    if (sum.kind === 'share') return sum.of === column
    return sum.kind === 'own' && [...sum.worth.factors, sum.worth.discount].includes(column)
  })
  const summed = tables.flatMap(({ totals }) => totals).some(
    ({ sum }) =>
      sum.kind === 'lines' &&
      sum.lines.table === key &&
      [...sum.worth.factors, sum.worth.discount].includes(column),
  )
  return own || summed
}
