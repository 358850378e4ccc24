import type { TablePlan } from '../../plan/seed-plan.ts'
import type { RowMaker } from '../../rows/row-maker.ts'

/** No database holds the rows of files to their checks: those on what the user says are asked before it is written. */
export function withOwnChecks(table: TablePlan, maker: RowMaker): TablePlan {
  const isOwn = (column: string): boolean =>
    maker.isOwn(table.given.length, column) || table.given.some((given) => given.has(column))
  const reason = 'Values of seed/generators or seed/personas are looked at by the database.'
  const own = [
    ...table.facts.checks.filter(({ columns }) => columns.some(isOwn)).map((check) => ({ ...check, reason })),
    ...table.facts.columns.flatMap(({ name, arrayDimensions, domainChecks }) => {
      if (!isOwn(name) || arrayDimensions > 0) return []
      const value = { column: name, isElement: false }
      return domainChecks.map((check) => ({ ...check, columns: [name], reason, value }))
    }),
  ]
  const { asked } = table.checks
  const all = [...asked, ...own.filter(({ name }) => !asked.some((check) => check.name === name))]
  return { ...table, checks: { ...table.checks, asked: all } }
}
