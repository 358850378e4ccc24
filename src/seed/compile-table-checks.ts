import type { TableFacts } from '../postgres/tables/table-facts.ts'
import { compileChecks } from './constraints/compile-checks.ts'
import type { TableChecks } from './plan/plan-seed.ts'

/** Compiles the checks of a table, and what rows must satisfy in which no predicate of a partial unique index holds. */
export async function compileTableChecks(facts: TableFacts, now: number): Promise<TableChecks> {
  const checks = await compileChecks(facts, { now })
  const partials = facts.uniques.flatMap(({ name, predicate, keys }) =>
    predicate === undefined ? [] : [{ name, predicate, columns: keys.flatMap((key) => ('column' in key ? [key.column] : key.columns)) }],
  )
  const understood: string[] = []
  const negated: TableFacts['checks'][number][] = []
  for (const { name, predicate, columns } of partials) {
    const check = { name: `not ${name}`, expression: `(${predicate}) IS NOT TRUE`, columns }
    const { asked } = await compileChecks({ ...facts, checks: [check] }, { now })
    if (asked.length > 0) continue
    understood.push(name)
    negated.push(check)
  }
  const denied = negated.length === 0 ? undefined : await compileChecks({ ...facts, checks: [...facts.checks, ...negated] }, { now })
  return { checks, denied, deniable: new Set(understood) }
}
