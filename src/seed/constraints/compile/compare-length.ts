import type { Domain } from '../domain.ts'
import type { Expression } from '../expressions/expression.ts'
import { textTypes } from '../samplers/text-sampler.ts'
import type { CheckContext } from './check-context.ts'
import type { Comparison } from './compare-quantities.ts'
import { asciiOnly, textIn } from './match-text.ts'
import { never, type Outcome, valueIn } from './outcome.ts'
import { textOperand } from './text-operand.ts'

/** Something whose length can be chosen. */
export interface LengthOperand {
  /** Values of it within a domain that speaks of lengths. */
  within(nullable: boolean, domains: readonly Partial<Domain>[]): Outcome
  /** How many of what is counted a unit of length has: 8 of `bit_length`. */
  readonly unit: number
  /** NULL instead of 0, as `array_length` says of an empty array: a comparison then passes. */
  readonly zeroIsNull: boolean
}

/** Reads `length(x)`, `octet_length(x)`, `cardinality(x)` and their like. */
export function lengthOperand(expression: Expression, context: CheckContext): LengthOperand | undefined {
  if (expression.kind !== 'call') return undefined
  const { name, args: [argument, dimension] } = expression
  if (argument === undefined) return undefined
  const ofColumn = argument.kind === 'column' ? context.columns.get(argument.name) : undefined
  if (ofColumn !== undefined && ofColumn.arrayDimensions > 0) {
    const isFirst = dimension?.kind === 'constant' && dimension.text === '1'
    if (name !== 'cardinality' && !(name === 'array_length' && isFirst)) return undefined
    const within = (nullable: boolean, domains: readonly Partial<Domain>[]): Outcome =>
      valueIn(ofColumn.name, nullable, domains)
    return { within, unit: 1, zeroIsNull: name !== 'cardinality' }
  }
  const unit = units[name]
  if (unit === undefined || dimension !== undefined) return undefined
  if (ofColumn?.baseType === 'bytea') {
    return { within: (nullable, domains) => valueIn(ofColumn.name, nullable, domains), unit, zeroIsNull: false }
  }
  const operand = textOperand(argument, context)
  if (operand === undefined || operand.isEnum || !textTypes.has(context.columns.get(operand.column)?.baseType ?? '')) {
    return undefined
  }
  const patterns = /^(?:octet|bit)/.test(name) ? [asciiOnly] : []
  const within = (nullable: boolean, domains: readonly Partial<Domain>[]): Outcome => {
    const outcomes = domains.map((domain) => textIn(operand, nullable, { ...domain, patterns }))
    return { cases: outcomes.flatMap(({ cases }) => cases), reasons: [] }
  }
  return { within, unit, zeroIsNull: false }
}

const units: Readonly<Record<string, number>> = {
  length: 1, char_length: 1, character_length: 1, octet_length: 1, bit_length: 8,
}

/** A length in relation to a number. */
export function compareLength(operand: LengthOperand, operator: Comparison, limit: number, nullable: boolean): Outcome {
  const { unit, zeroIsNull } = operand
  const floor = zeroIsNull && !nullable ? 1 : 0
  const down = Math.floor(limit / unit)
  const isExact = limit % unit === 0
  const most = (length: number): Partial<Domain> | undefined =>
    length < floor ? undefined : { maxLength: length, ...(floor === 0 ? {} : { minLength: floor }) }
  const least = (length: number): Partial<Domain> => ({ minLength: Math.max(length, floor) })
  const options = (): readonly (Partial<Domain> | undefined)[] => {
    switch (operator) {
      case '<':
        return [most(isExact ? down - 1 : down)]
      case '<=':
        return [most(down)]
      case '>':
        return [least(down + 1)]
      case '>=':
        return [least(isExact ? down : down + 1)]
      case '=':
        return [isExact && down >= floor ? { minLength: down, maxLength: down } : undefined]
      case '<>':
        return isExact ? [least(down + 1), most(down - 1)] : [least(0)]
    }
  }
  const domains = options().filter((domain) => domain !== undefined)
  if (domains.length > 0) return operand.within(nullable, domains)
  return nullable ? operand.within(true, [{ values: [] }]) : never
}
