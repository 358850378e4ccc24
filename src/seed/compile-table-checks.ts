import { isFailure } from '../errors/failure.ts'
import type { CheckFacts, TableFacts } from '../postgres/tables/table-facts.ts'
import { compileChecks } from './constraints/compile-checks.ts'
import type { CompiledChecks } from './constraints/domain.ts'
import type { TableChecks } from './plan/plan-seed.ts'

/** The clocks that checks may ask: that of the rows, and that of the server which judges them. */
export interface CheckClocks {
  readonly now: number
  readonly serverNow: number
}

/** Compiles the checks of a table, and what rows must satisfy in which no predicate of a partial unique index holds. */
export async function compileTableChecks(facts: TableFacts, clocks: CheckClocks): Promise<TableChecks> {
  const checks = await compileChecks(facts, clocks)
  const partials = facts.uniques.flatMap(({ name, predicate, keys }) =>
    predicate === undefined
      ? []
      : [{ name, predicate, columns: keys.flatMap((key) => ('column' in key ? [key.column] : key.columns)) }],
  )
  const deniable = new Set<string>()
  let negated: readonly CheckFacts[] = []
  let denied: CompiledChecks | undefined
  for (const { name, predicate, columns } of partials) {
    const more = [...negated, { name: `not ${name}`, expression: `(${predicate}) IS NOT TRUE`, columns }]
    const compiled = await compileDenied({ ...facts, checks: [...facts.checks, ...more] }, clocks, checks.asked.length)
    if (compiled === undefined) continue
    deniable.add(name)
    negated = more
    denied = compiled
  }
  return { checks, denied, deniable }
}

/** Undefined where the predicates are not understood, or where no row could be without all of them. */
async function compileDenied(
  facts: TableFacts,
  clocks: CheckClocks,
  asked: number,
): Promise<CompiledChecks | undefined> {
  try {
    const compiled = await compileChecks(facts, clocks)
    return compiled.asked.length > asked ? undefined : compiled
  } catch (error) {
    if (isFailure(error)) return undefined
    throw error
  }
}
