import type { Expression } from '../expressions/expression.ts'
import type { CheckContext } from './check-context.ts'
import { checkContext } from './check-context.ts'
import { holdsElement } from './containment.ts'
import { either, inDomains, type Outcome, together, unknownBecause } from './outcome.ts'
import type { truth, Wanted } from './truth.ts'

type Quantified = Expression & { readonly kind: 'any' | 'all' }

/** ANY and ALL over the elements of a literal array, or ALL over those of a column; `column <@ ARRAY[…]` as well. */
export function withArray(condition: Quantified, wanted: Wanted, context: CheckContext, holds: typeof truth): Outcome {
  const { kind, name, left, right } = condition
  if (name === '<@') return contained(left, right, wanted, context)
  const array = right.kind === 'cast' ? right.of : right
  if (array.kind === 'array') {
    const parts = array.elements.map((element) =>
      holds({ kind: 'operator', name, left, right: element }, wanted, context),
    )
    // What is true of any is a choice, what is false of any is false of all.
    return (kind === 'any') === wanted.value ? either(parts) : together(parts, context)
  }
  if (array.kind === 'column' && kind === 'any' && name === '=' && wanted.value) {
    const held = holdsElement(array.name, left, wanted.nullable)
    if (held !== undefined) return held
  }
  const facts = array.kind === 'column' ? context.columns.get(array.name) : undefined
  if (facts === undefined || facts.arrayDimensions === 0 || (kind === 'all') !== wanted.value) {
    return unknownBecause(`${kind.toUpperCase()} over such an array`)
  }
  // True of all elements, or, for ANY, false of all.
  const element = { ...facts, arrayDimensions: 0, notNull: false, elementDomain: undefined }
  const inner = checkContext([element], context.now, context.serverNow)
  const value: Expression = { kind: 'operator', name, left, right: { kind: 'column', name: facts.name } }
  const outcome = holds(value, { value: wanted.value, nullable: false }, inner)
  const domains = outcome.cases.map((one) => one.domains.get(facts.name)).filter((domain) => domain !== undefined)
  if (domains.length === 0) return unknownBecause(outcome.reasons[0] ?? `${kind.toUpperCase()} over such an array`)
  return inDomains(
    facts.name,
    domains.map((elements) => ({ null: wanted.nullable ? 'allowed' : 'never', patterns: [], elements })),
  )
}

/** `tags <@ ARRAY['a', 'b']`: every element is one of these. */
function contained(left: Expression, right: Expression, { value, nullable }: Wanted, context: CheckContext): Outcome {
  const array = right.kind === 'cast' ? right.of : right
  const isArray = left.kind === 'column' && (context.columns.get(left.name)?.arrayDimensions ?? 0) > 0
  if (!isArray || array.kind !== 'array' || !value) return unknownBecause('the operator <@')
  const values = array.elements.flatMap((one) => (one.kind === 'constant' && one.text !== null ? [one.text] : []))
  if (values.length < array.elements.length) return unknownBecause('an array that is no literal')
  const elements = { null: 'never', values, patterns: [] } as const
  return inDomains(left.name, [{ null: nullable ? 'allowed' : 'never', patterns: [], elements }])
}
