import { cellRandom } from '../../random/cell-random.ts'
import type { Domain } from '../domain.ts'
import { planComparisons } from '../satisfy-comparisons.ts'
import { createSampler } from '../samplers/create-sampler.ts'
import type { CheckContext } from './check-context.ts'
import { type Case, type Outcome, simplifyCases } from './outcome.ts'

/** Leaves out the cases in which a column has no value, or the comparisons cannot all hold. */
export function feasibleCases({ cases, reasons }: Outcome, context: CheckContext): Outcome {
  const found = new Set(reasons)
  const judged = new Map<string, Domain | undefined>()
  const settled = (column: string, domain: Domain): Domain | undefined => {
    const key = JSON.stringify([column, domain])
    if (!judged.has(key)) judged.set(key, settleDomain(column, domain, context, found))
    return judged.get(key)
  }
  const feasible = cases.flatMap((one): readonly Case[] => {
    const domains = new Map<string, Domain>()
    for (const [column, domain] of one.domains) {
      const kept = settled(column, domain)
      if (kept === undefined) return []
      domains.set(column, kept)
    }
    const settledCase = { ...one, domains }
    if (one.comparisons.length === 0) return [settledCase]
    const plan = planComparisons({ ...settledCase, weight: 1 }, [...context.columns.values()], context.now)
    return plan.isPossible ? [settledCase] : []
  })
  return { cases: simplifyCases(feasible), reasons: [...found] }
}

/** The domain, NULL alone where there is no value, or undefined where NULL is not allowed either. */
function settleDomain(column: string, domain: Domain, context: CheckContext, reasons: Set<string>): Domain | undefined {
  const facts = context.columns.get(column)
  if (facts === undefined || domain.null === 'always') return domain
  const sampler = createSampler(facts, { ...domain, null: 'never' }, { now: context.now })
  const instead: Domain | undefined = domain.null === 'allowed' ? { null: 'always', patterns: [] } : undefined
  const isHard = (domain.patterns.length > 0 && domain.values === undefined) || domain.elements !== undefined
  if (!isHard) return sampler.capacity > 0 || !asksForValues(domain) ? domain : instead
  const random = cellRandom({ seed: 'feasible', model: '', field: column, row: 0, attempt: 0 })
  if (sampler.draw(random) !== undefined) return domain
  reasons.add(`no value was found that satisfies all that is asked of ${column}`)
  return instead
}

/** Types that nobody knows how to make have no capacity, which is no contradiction unless values were asked. */
function asksForValues(domain: Domain): boolean {
  return domain.patterns.length > 0 || Object.keys(domain).some((key) => key !== 'null' && key !== 'patterns')
}
