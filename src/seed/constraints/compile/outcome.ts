import { anything } from '../any-value.ts'
import type { ColumnComparison, Domain } from '../domain.ts'
import { intersectDomains } from '../intersect-domains.ts'
import type { Rational } from '../rational.ts'
import { boundOf } from '../samplers/line-sampler.ts'
import type { CheckContext } from './check-context.ts'

/** A conjunction: every column in its domain, every comparison satisfied. */
export interface Case {
  readonly domains: ReadonlyMap<string, Domain>
  readonly comparisons: readonly ColumnComparison[]
}

/**
 * Ways to make an expression come out as wanted. Every case is one for certain; there may be more ways, and `reasons`
 * says why they are missing.
 */
export interface Outcome {
  readonly cases: readonly Case[]
  readonly reasons: readonly string[]
}

/** Holds whatever the row is. */
export const always: Outcome = { cases: [{ domains: new Map(), comparisons: [] }], reasons: [] }
/** Holds for no row. */
export const never: Outcome = { cases: [], reasons: [] }

/** More cases than this are not looked at while an expression is put together. */
const mostCases = 256

/** Nothing is known, for a reason. */
export function unknownBecause(reason: string): Outcome {
  return { cases: [], reasons: [reason] }
}

/** One column in one of some domains. */
export function inDomains(column: string, domains: readonly Domain[]): Outcome {
  return { cases: domains.map((domain) => ({ domains: new Map([[column, domain]]), comparisons: [] })), reasons: [] }
}

/** A column that is not NULL, in one of some domains; or NULL as well. */
export function valueIn(column: string, nullable: boolean, domains: readonly Partial<Domain>[]): Outcome {
  return inDomains(column, domains.map((domain) => ({ patterns: [], ...domain, null: nullable ? 'allowed' : 'never' })))
}

/** One or the other. */
export function either(outcomes: readonly Outcome[]): Outcome {
  return joined(outcomes.flatMap(({ cases }) => cases), outcomes)
}

/** All of them at once. */
export function together(outcomes: readonly Outcome[], context: CheckContext): Outcome {
  let cases = always.cases
  for (const outcome of outcomes) {
    cases = cases.flatMap((one) => outcome.cases.flatMap((other) => mergeCases(one, other, context) ?? []))
    cases = simplifyCases(cases).slice(0, mostCases)
  }
  return joined(cases, outcomes)
}

function joined(cases: readonly Case[], outcomes: readonly Outcome[]): Outcome {
  return {
    cases: simplifyCases(cases).slice(0, mostCases),
    reasons: [...new Set(outcomes.flatMap(({ reasons }) => reasons))],
  }
}

function mergeCases(a: Case, b: Case, context: CheckContext): Case | undefined {
  const domains = new Map(a.domains)
  for (const [column, domain] of b.domains) {
    const line = context.line(column)
    // A bound may be finer than the values of the column.
    const placeOf = (text: string): Rational | undefined => line && boundOf(line, { value: text, inclusive: true })
    const merged = intersectDomains(domains.get(column) ?? anything, domain, placeOf)
    if (merged === undefined) return undefined
    domains.set(column, merged)
  }
  return { domains, comparisons: [...a.comparisons, ...b.comparisons] }
}

/** Fewer cases that say the same: twins once, and two that differ in one column only as one where that can be said. */
export function simplifyCases(cases: readonly Case[]): readonly Case[] {
  const kept: Case[] = []
  for (const one of cases) {
    const place = kept.findIndex((other) => joinTwo(other, one) !== undefined)
    const other = kept[place]
    const both = other === undefined ? undefined : joinTwo(other, one)
    if (both === undefined) kept.push(one)
    else kept[place] = both
  }
  return kept
}

function joinTwo(a: Case, b: Case): Case | undefined {
  if (JSON.stringify(a.comparisons) !== JSON.stringify(b.comparisons)) return undefined
  if (a.domains.size !== b.domains.size) return undefined
  let differing: string | undefined
  for (const [column, domain] of a.domains) {
    const other = b.domains.get(column)
    if (other === undefined) return undefined
    if (JSON.stringify(other) === JSON.stringify(domain)) continue
    if (differing !== undefined) return undefined
    differing = column
  }
  if (differing === undefined) return a
  const united = uniteDomains(a.domains.get(differing) ?? anything, b.domains.get(differing) ?? anything)
  return united === undefined ? undefined : { ...a, domains: new Map([...a.domains, [differing, united]]) }
}

/** One domain for both, where there is one: NULL or a value, these values or those. */
function uniteDomains(a: Domain, b: Domain): Domain | undefined {
  if (a.null === 'always') return { ...b, null: b.null === 'always' ? 'always' : 'allowed' }
  if (b.null === 'always') return { ...a, null: 'allowed' }
  const { values: some, null: first, ...restA } = a
  const { values: others, null: second, ...restB } = b
  if (some === undefined || others === undefined || JSON.stringify(restA) !== JSON.stringify(restB)) return undefined
  if (first !== second) return undefined
  return { ...a, values: [...new Set([...some, ...others])] }
}
