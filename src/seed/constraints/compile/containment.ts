import type { Expression } from '../expressions/expression.ts'
import type { CheckContext } from './check-context.ts'
import type { Comparison } from './compare-quantities.ts'
import { constantText } from './match-text.ts'
import { type Outcome, unknownBecause, valueIn } from './outcome.ts'
import type { Wanted } from './truth.ts'

/** The operators that ask what an array or an object holds. */
export const containmentOperators: ReadonlySet<string> = new Set(['&&', '@>', '?', '?&', '?|'])

/**
 * `tags && ARRAY['a', 'b']`, `tags @> ARRAY['a']` of a column of arrays; `data ? 'name'`, `?&` and `?|` of one of
 * jsonb, which then holds an object.
 */
export function containment(
  { name, left, right }: Expression & { readonly kind: 'operator' },
  { value, nullable }: Wanted,
  context: CheckContext,
): Outcome {
  const outside = unknownBecause(`the operator ${name}`)
  const column = left?.kind === 'column' ? context.columns.get(left.name) : undefined
  const wanted = literals(right)
  if (column === undefined || wanted === undefined || wanted.length === 0 || !value) return outside
  if (name === '&&' || name === '@>') {
    if (column.arrayDimensions === 0) return outside
    return valueIn(column.name, nullable, ways(name === '&&', wanted).map((holds) => ({ holds })))
  }
  if (column.baseType !== 'jsonb' || column.arrayDimensions > 0) return outside
  const keys = ways(name === '?|', wanted)
  return valueIn(column.name, nullable, keys.map((jsonKeys) => ({ jsonTypes: ['object'], jsonKeys })))
}

/** One of them, or all of them at once. */
function ways(isAny: boolean, wanted: readonly string[]): readonly (readonly string[])[] {
  return isAny ? wanted.map((one) => [one]) : [wanted]
}

/** The texts of a literal, or of a list of literals; undefined where one is none, or NULL. */
function literals(expression: Expression): readonly string[] | undefined {
  const array = expression.kind === 'cast' ? expression.of : expression
  const texts = (array.kind === 'array' ? array.elements : [array]).map(constantText)
  return texts.includes(undefined) ? undefined : texts.filter((text) => text !== undefined)
}

/** `'news' = ANY (tags)`: the array holds it; undefined where something else is asked. */
export function holdsElement(column: string, left: Expression, nullable: boolean): Outcome | undefined {
  const text = constantText(left)
  return text === undefined ? undefined : valueIn(column, nullable, [{ holds: [text] }])
}

/** `jsonb_array_length(data) >= 1`: anything but an array would be an error. */
export function compareJsonLength(
  of: Expression | undefined,
  operator: Comparison,
  limit: string,
  nullable: boolean,
): Outcome | undefined {
  const length = Number(limit)
  if (of?.kind !== 'column' || !Number.isInteger(length)) return undefined
  const array = { jsonTypes: ['array'] }
  const lengths = {
    '<': [{ maxLength: length - 1 }],
    '<=': [{ maxLength: length }],
    '>': [{ minLength: Math.max(0, length + 1) }],
    '>=': [{ minLength: Math.max(0, length) }],
    '=': [{ minLength: Math.max(0, length), maxLength: length }],
    '<>': [{ minLength: Math.max(0, length + 1) }, { maxLength: length - 1 }],
  }[operator]
  const possible = lengths.filter((one) => !('maxLength' in one) || one.maxLength >= 0)
  if (possible.length === 0) return valueIn(of.name, nullable, [{ values: [] }])
  return valueIn(of.name, nullable, possible.map((one) => ({ ...array, ...one })))
}
