import { escapeRegExp } from '../patterns/like-pattern.ts'
import type { Comparison } from './compare-quantities.ts'
import { asciiOnly, textIn } from './match-text.ts'
import { never, type Outcome, unknownBecause } from './outcome.ts'
import type { TextOperand } from './text-operand.ts'

/** `x = 'text'`, `lower(x) <> 'text'`. */
export function compareText(operand: TextOperand, operator: Comparison, text: string, nullable: boolean): Outcome {
  switch (operator) {
    case '=':
      return textIn(operand, nullable, { values: [text] })
    case '<>':
      return textIn(operand, nullable, { excluded: [text] })
    case '>':
      // The empty text is the first, whatever the collation.
      return text === '' ? textIn(operand, nullable, { excluded: [''] }) : byCollation
    case '<=':
      return text === '' ? textIn(operand, nullable, { values: [''] }) : byCollation
    case '>=':
      return text === '' ? textIn(operand, nullable, {}) : byCollation
    case '<':
      return text === '' ? never : byCollation
  }
}

/** Nothing is said of the order of texts. */
export const byCollation = unknownBecause('the order of texts depends on the collation')

/** `left(x, 2) = 'ab'`, `right(x, 2) = 'yz'`: the text begins or ends so. */
export function compareEnd(
  operand: TextOperand,
  isStart: boolean,
  length: number,
  text: string,
  nullable: boolean,
): Outcome {
  const size = Array.from(text).length
  if (length < 0 || size > length) return unknownBecause('an end of a text that cannot be as long')
  const escaped = escapeRegExp(text)
  // A shorter text is its own end.
  const source = size < length ? `^${escaped}$` : isStart ? `^${escaped}` : `${escaped}$`
  const patterns = [{ source, ignoreCase: operand.ignoreCase, negated: false }]
  return textIn(operand, nullable, { patterns: operand.ignoreCase ? [...patterns, asciiOnly] : patterns })
}

/** `position('@' in x) > 1`: where a text is found for the first time; 0 where it is not. */
export function comparePosition(
  operand: TextOperand,
  wanted: string,
  operator: Comparison,
  place: number,
  nullable: boolean,
): Outcome {
  const escaped = escapeRegExp(wanted)
  const found = (source: string, negated = false): Outcome => {
    const patterns = [{ source, ignoreCase: operand.ignoreCase, negated }]
    return textIn(operand, nullable, { patterns: operand.ignoreCase ? [...patterns, asciiOnly] : patterns })
  }
  if (wanted === '') return unknownBecause('the position of nothing')
  const least = operator === '>' ? place + 1 : operator === '>=' ? place : undefined
  if (least !== undefined) {
    return least <= 0 ? textIn(operand, nullable, {}) : found(`^(?:(?!${escaped}).){${least - 1},}${escaped}`)
  }
  if (place === 0 && operator === '<>') return found(escaped)
  if (place === 0 && (operator === '=' || operator === '<=')) return found(escaped, true)
  if (operator === '=' && place > 0) return found(`^(?:(?!${escaped}).){${place - 1}}${escaped}`)
  return unknownBecause('a position in a text')
}
