import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import { type CheckContext, checkContext } from './compile/check-context.ts'
import { feasibleCases } from './compile/feasible-cases.ts'
import { inDomains, type Outcome, together } from './compile/outcome.ts'
import { truth } from './compile/truth.ts'
import type { Domain, DomainValue } from './domain.ts'
import { parseExpression } from './expressions/parse-expression.ts'
import type { CheckFacts } from '../../postgres/tables/table-facts.ts'

/** A check with what was compiled of it. */
export interface NamedCheck {
  readonly name: string
  readonly expression: string
  readonly columns: ReadonlySet<string>
  readonly outcome: Outcome
  /** Where it is the check of a domain. */
  readonly value?: DomainValue
}

/** What domains ask of the elements of an array, and of the attributes of a composite type, as checks of the column. */
export async function insideChecks(column: ColumnFacts, context: CheckContext): Promise<readonly NamedCheck[]> {
  const checks: NamedCheck[] = []
  if (column.elementDomain !== undefined) checks.push(await elementCheck(column, context))
  const attributes = await attributeDomains(column, context)
  if (attributes.length > 0) {
    const whole = attributes.map((domains): Domain => ({ null: 'allowed', patterns: [], attributes: domains }))
    const isArray = column.arrayDimensions > 0
    const domains = isArray ? whole.map((elements): Domain => ({ null: 'allowed', patterns: [], elements })) : whole
    const name = `the domains inside ${column.name}`
    checks.push({ name, expression: 'true', columns: new Set([column.name]), outcome: inDomains(column.name, domains) })
  }
  return checks
}

async function elementCheck(column: ColumnFacts, context: CheckContext): Promise<NamedCheck> {
  const { checks = [], notNull = false } = column.elementDomain ?? {}
  const { domains, reasons } = await domainsOf({ ...column, arrayDimensions: 0 }, checks, notNull, context)
  return {
    name: checks.map((check) => check.name).join(', '),
    expression: checks.map((check) => `(${check.expression})`).join(' AND '),
    columns: new Set([column.name]),
    value: { column: column.name, isElement: true },
    outcome: {
      ...inDomains(column.name, domains.map((elements) => ({ null: 'allowed', patterns: [], elements }))),
      reasons,
    },
  }
}

/** Ways in which the attributes of a composite type are as their domains ask; none where no domain asks anything. */
async function attributeDomains(
  { kind, parts }: ColumnFacts,
  context: CheckContext,
): Promise<readonly (readonly Domain[])[]> {
  if (kind !== 'composite') return []
  const ways = await Promise.all(parts.map((part) => attributeWays(part, context)))
  if (ways.every((found) => found.length === 0)) return []
  const count = Math.min(mostWays, Math.max(...ways.map((found) => found.length)))
  const free: Domain = { null: 'allowed', patterns: [] }
  const pick = (found: readonly Domain[], place: number): Domain => found[place % Math.max(1, found.length)] ?? free
  return Array.from({ length: count }, (_, place) => ways.map((found) => pick(found, place)))
}

const mostWays = 8

/** Of one attribute; none where nothing is asked of it, or only what nobody understands: the database will judge. */
async function attributeWays(part: ColumnFacts, context: CheckContext): Promise<readonly Domain[]> {
  const inner = await attributeDomains(part, context)
  if (part.arrayDimensions === 0 && inner.length > 0) {
    return inner.map((attributes): Domain => ({ null: part.notNull ? 'never' : 'allowed', patterns: [], attributes }))
  }
  if (part.domainChecks.length === 0 && !part.notNull) return []
  const { domains } = await domainsOf(part, part.domainChecks, part.notNull, context)
  return domains
}

/** What checks of a domain say of a value of this type. */
async function domainsOf(
  column: ColumnFacts,
  checks: readonly CheckFacts[],
  notNull: boolean,
  context: CheckContext,
): Promise<{ readonly domains: readonly Domain[]; readonly reasons: readonly string[] }> {
  const element: ColumnFacts = { ...column, notNull: false, elementDomain: undefined }
  const inner = checkContext([element], context.now, context.serverNow)
  const value = new Map([['value', { kind: 'column', name: column.name } as const]])
  const conditions = await Promise.all(checks.map(({ expression }) => parseExpression(expression, value)))
  const outcomes = conditions.map((condition) => truth(condition, { value: true, nullable: true }, inner))
  const given = notNull ? [inDomains(column.name, [{ null: 'never', patterns: [] }])] : []
  const { cases, reasons } = feasibleCases(together([...given, ...outcomes], inner), inner)
  return { domains: cases.flatMap((one) => one.domains.get(column.name) ?? []), reasons }
}
