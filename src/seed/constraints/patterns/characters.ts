import type { AST } from '@eslint-community/regexpp'

const printable = Array.from({ length: 95 }, (_, place) => String.fromCharCode(0x20 + place))
const plain = Array.from('abcdefghijklmnopqrstuvwxyz0123456789')

/** True for what takes in nearly everything: a dot, a negated class or set. */
export function isWide(element: AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass): boolean {
  if (element.type === 'CharacterSet') return element.kind === 'any' || ('negate' in element && element.negate)
  return element.negate
}

/**
 * Characters of a class to make strings of: printable ASCII where there is some, and of a class that takes in nearly
 * everything only letters and digits.
 */
export function usableCharacters(raw: string, wide: boolean): readonly string[] {
  const expression = new RegExp(`^${raw}$`, 'us')
  const fits = (character: string): boolean => expression.test(character)
  const letters = plain.filter(fits)
  if (wide && letters.length > 0) return letters
  const found = printable.filter(fits)
  return found.length > 0 ? found : otherCharacters.filter(fits)
}

/** White space, and one block after the other, for classes that hold nothing of ASCII. */
const otherCharacters = [
  '\t',
  '\n',
  '\r',
  ...[0xa1, 0x391, 0x410, 0x5d0, 0x627, 0x905, 0x3041, 0x4e00, 0xac00, 0x1f600].flatMap((start) =>
    Array.from({ length: 48 }, (_, place) => String.fromCodePoint(start + place)),
  ),
]
