import type { DigitPermutation } from '../../secret/permute-digits.ts'
import type { World } from '../../world.ts'
import { codeLength, codeOf } from './code.ts'
import { integerId } from './integer-id.ts'
import {
  type Alphabet, alphabetFor, crockford, crockfordHead, headAlphabet, hexadecimal, isLetterCode, kindsOf, ownAlphabet,
  variants,
} from './key-shape.ts'

/** What the keys of a column are. */
interface TextIdOptions {
  readonly room: number
  /** Digits stay digits, and letters letters of their case, place by place. */
  readonly isPatterned: boolean
}

/**
 * Permutes the keys of one form: UUIDs of a version, ULIDs, and texts of a length over the smallest alphabet that holds
 * them; what is no letter and no digit stays where it is. A key that comes out in another form is sent through again,
 * so distinct keys stay distinct. Whole numbers become what they become in a column of numbers. A key with letters that
 * ASCII does not have becomes a code.
 */
export function textId(world: World, { room, isPatterned }: TextIdOptions): (value: string) => string {
  const permute = world.digits('text id')
  const numberOf = integerId(world, '9223372036854775807')
  const tagOf = world.prf('text id')
  return (value) => {
    const { length } = value
    const spelling = length !== 36 ? undefined : uuid.test(value) ? 'lower' : upperUuid.test(value) ? 'upper' : undefined
    if (spelling !== undefined) {
      return permuted(value, permute, uuidAlphabet(value, hexadecimal[spelling], variants[spelling]))
    }
    const kinds = kindsOf(value)
    if (kinds === -1) return `x${codeOf(tagOf(value), Math.max(1, Math.min(codeLength, room - 1)))}`
    if (kinds === 0) return value
    if (isPatterned) return permuted(value, permute, (_, code) => (isLetterCode(code) ? ownAlphabet(code) : undefined))
    if (kinds === 1 && /^[1-9]\d{0,17}$/u.test(value)) return numberOf(value)
    if (length === 26 && ulid.test(value)) return permuted(value, permute, ulidAlphabet)
    return walked(value, kinds, permute)
  }
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/u
const upperUuid = /^[\dA-F]{8}-[\dA-F]{4}-[\dA-F]{4}-[\dA-F]{4}-[\dA-F]{12}$/u
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/u

/** What may stand at a place; undefined where the sign stays. */
type AlphabetAt = (place: number, code: number) => Alphabet | undefined

const ulidAlphabet: AlphabetAt = (place) => (place === 0 ? crockfordHead : crockford)

/** 122 bits change; the version stays, and so does the variant (the two high bits of its digit). */
function uuidAlphabet(value: string, digits: Alphabet, ofVariant: readonly Alphabet[]): AlphabetAt {
  const variant = ofVariant[Math.floor((digits.index[value.charCodeAt(19)] ?? 0) / 4)]
  return (place, code) => (code === 45 || place === 14 ? undefined : place === 19 ? variant : digits)
}

function walked(value: string, kinds: number, permute: DigitPermutation): string {
  const alphabet = alphabetFor(kinds)
  let first = 0
  while (!isLetterCode(value.charCodeAt(first))) first++
  const head = headAlphabet(alphabet, value.charCodeAt(first))
  const at: AlphabetAt = (place, code) => (place === first ? head : isLetterCode(code) ? alphabet : undefined)
  let made = value
  do made = permuted(made, permute, at)
  while (alphabetFor(kindsOf(made)) !== alphabet || ulid.test(made) || upperUuid.test(made) || uuid.test(made))
  return made
}

/** Used again for every key; a key is done before the next one begins. */
const digits: number[] = []
const radices: number[] = []
const places: (Alphabet | undefined)[] = []
const codes: number[] = []

function permuted(value: string, permute: DigitPermutation, alphabetAt: AlphabetAt): string {
  let count = 0
  for (let place = 0; place < value.length; place++) {
    const code = value.charCodeAt(place)
    const alphabet = alphabetAt(place, code)
    places[place] = alphabet
    if (alphabet === undefined) continue
    digits[count] = alphabet.index[code] ?? 0
    radices[count++] = alphabet.letters.length
  }
  digits.length = count
  radices.length = count
  permute(digits, radices)
  codes.length = value.length
  let at = 0
  for (let place = 0; place < value.length; place++) {
    const alphabet = places[place]
    codes[place] = alphabet === undefined ? value.charCodeAt(place) : alphabet.letters.charCodeAt(digits[at++] ?? 0)
  }
  // One string at once: put together letter by letter it costs more than all the rest.
  return String.fromCharCode(...codes)
}
