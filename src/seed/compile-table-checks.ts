import type { TableFacts } from '../postgres/tables/table-facts.ts'
import type { TableChecks } from './plan/plan-seed.ts'
import { compileChecks } from './rows/stand-ins.ts'

/** Compiles the checks of a table, and what rows must satisfy in which no predicate of a partial unique index holds. */
export async function compileTableChecks(facts: TableFacts): Promise<TableChecks> {
  const checks = await compileChecks(facts)
  const partials = facts.uniques.flatMap(({ name, predicate, keys }) =>
    predicate === undefined ? [] : [{ name, predicate, columns: keys.flatMap((key) => ('column' in key ? [key.column] : key.columns)) }],
  )
  const understood: string[] = []
  const negated: TableFacts['checks'][number][] = []
  for (const { name, predicate, columns } of partials) {
    const check = { name: `not ${name}`, expression: `(${predicate}) IS NOT TRUE`, columns }
    const { asked } = await compileChecks({ ...facts, checks: [check] })
    if (asked.length > 0) continue
    understood.push(name)
    negated.push(check)
  }
  const denied = negated.length === 0 ? undefined : await compileChecks({ ...facts, checks: [...facts.checks, ...negated] })
  return { checks, denied, deniable: new Set(understood) }
}
