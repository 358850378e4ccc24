/** Letters that may stand at a place of a key. */
export interface Alphabet {
  readonly letters: string
  /** The place of a letter in the alphabet, by its code. */
  readonly index: Int8Array
}

/** Digits 1, a to f 2, g to z 4, A to F 8, G to Z 16: what kinds of letters a text holds. */
function kindOf(code: number): number {
  if (code < 58) return code >= 48 ? 1 : 0
  if (code < 91) return code < 65 ? 0 : code < 71 ? 8 : 16
  return code >= 97 && code < 123 ? (code < 103 ? 2 : 4) : 0
}

/** The kinds of all letters and digits of a text; -1 where there is one that ASCII does not have. */
export function kindsOf(text: string): number {
  let kinds = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127) return -1
    kinds |= kindOf(code)
  }
  return kinds
}

/** True for a letter or a digit of ASCII. */
export function isLetterCode(code: number): boolean {
  return kindOf(code) !== 0
}

const decimal = '0123456789'
const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()

/** From the smallest to the largest. */
const alphabets: readonly (readonly [number, Alphabet])[] = (
  [
    [1, decimal],
    [3, `${decimal}abcdef`],
    [9, `${decimal}ABCDEF`],
    [6, lower],
    [24, upper],
    [7, decimal + lower],
    [25, decimal + upper],
    [31, decimal + upper + lower],
  ] as const
).map(([kinds, letters]) => [kinds, alphabetOf(letters)])

/** The smallest alphabet that has all letters of such kinds. */
export function alphabetFor(kinds: number): Alphabet {
  return (alphabets.find(([own]) => (kinds & ~own) === 0) ?? alphabets[7])?.[1] ?? alphabetOf(decimal)
}

/** What may stand in the place of the first letter: a letter for a letter, no 0 for another digit, 0 for 0. */
export function headAlphabet({ letters }: Alphabet, code: number): Alphabet {
  const head = code === 48 ? 'zero' : code < 58 ? 'digit' : 'letter'
  const known = `${head} ${letters}`
  const found = heads.get(known)
  if (found !== undefined) return found
  const pattern = { zero: /0/gu, digit: /[1-9]/gu, letter: /[A-Za-z]/gu }[head]
  const made = alphabetOf((letters.match(pattern) ?? []).join(''))
  heads.set(known, made)
  return made
}

const heads = new Map<string, Alphabet>()

/** The letters of the same kind as one: digits for a digit, small letters for a small one. */
export function ownAlphabet(code: number): Alphabet {
  return code < 58 ? alphabetFor(1) : code < 91 ? alphabetFor(24) : alphabetFor(6)
}

function alphabetOf(letters: string): Alphabet {
  const index = new Int8Array(128)
  for (let at = 0; at < letters.length; at++) index[letters.charCodeAt(at)] = at
  return { letters, index }
}

/** Crockford's letters, of ULIDs: without I, L, O and U. */
export const crockford = alphabetOf('0123456789ABCDEFGHJKMNPQRSTVWXYZ')

/** Its first eight: 48 bits of time begin with no more. */
export const crockfordHead = alphabetOf('01234567')

/** Hexadecimal digits, small and large. */
export const hexadecimal = { lower: alphabetFor(3), upper: alphabetFor(9) }

/** The four digits with the two high bits of a UUID's variant. */
export const variants = {
  lower: ['0123', '4567', '89ab', 'cdef'].map(alphabetOf),
  upper: ['0123', '4567', '89AB', 'CDEF'].map(alphabetOf),
}
