import type { AST } from '@eslint-community/regexpp'
import { RegExpParser } from '@eslint-community/regexpp'
import { isWide, usableCharacters } from './characters.ts'

/** What a regular expression is made of, as far as strings for it are made; lengths count characters. */
export type Part =
  | { readonly kind: 'characters'; readonly characters: readonly string[]; readonly min: 1; readonly max: 1 }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[]; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly parts: readonly Part[]; readonly min: number; readonly max: number }
  | {
      readonly kind: 'repeat'
      readonly part: Part
      readonly from: number
      readonly to: number
      readonly min: number
      readonly max: number
    }

/** A parsed pattern. */
export interface PatternShape {
  readonly part: Part
  /** True where a string may still not match: look-arounds, references and anchors inside were passed over. */
  readonly isRough: boolean
}

/** Parses a JavaScript regular expression (flags `us`). Unanchored ends are open: anything may stand there. */
export function patternShape(source: string): PatternShape {
  const pattern = new RegExpParser({ ecmaVersion: 2022 }).parsePattern(source, 0, source.length, { unicode: true })
  const rough = { found: false }
  return { part: choice(pattern.alternatives.map((one) => whole(one, rough))), isRough: rough.found }
}

function whole(alternative: AST.Alternative, rough: { found: boolean }): Part {
  const elements = [...alternative.elements]
  const starts = isEdge(elements[0], 'start')
  if (starts) elements.shift()
  const ends = isEdge(elements.at(-1), 'end')
  if (ends) elements.pop()
  const parts = elements.map((element) => toPart(element, rough))
  return sequence([...(starts ? [] : [open]), ...parts, ...(ends ? [] : [open])])
}

function isEdge(element: AST.Element | undefined, kind: 'start' | 'end'): boolean {
  return element?.type === 'Assertion' && element.kind === kind
}

function toPart(element: AST.Element, rough: { found: boolean }): Part {
  switch (element.type) {
    case 'Character':
      return characters([String.fromCodePoint(element.value)])
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass':
      return characters(usableCharacters(element.raw, isWide(element)))
    case 'Group':
    case 'CapturingGroup':
      return choice(element.alternatives.map((one) => sequence(one.elements.map((each) => toPart(each, rough)))))
    case 'Quantifier':
      return repeat(toPart(element.element, rough), element.min, element.max)
    case 'Assertion':
    case 'Backreference':
      rough.found = true
      return sequence([])
  }
}

function characters(list: readonly string[]): Part {
  return { kind: 'characters', characters: list, min: 1, max: 1 }
}

function sequence(parts: readonly Part[]): Part {
  return { kind: 'sequence', parts, min: sum(parts.map(({ min }) => min)), max: sum(parts.map(({ max }) => max)) }
}

function choice(parts: readonly Part[]): Part {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  return { kind: 'choice', parts, min: Math.min(...parts.map(({ min }) => min)), max: Math.max(...parts.map(({ max }) => max)) }
}

function repeat(part: Part, from: number, to: number): Part {
  return { kind: 'repeat', part, from, to, min: from * part.min, max: to === 0 || part.max === 0 ? 0 : to * part.max }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

const open = repeat(characters(Array.from('abcdefghijklmnopqrstuvwxyz')), 0, Infinity)
