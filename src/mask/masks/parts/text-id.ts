import type { World } from '../../world.ts'
import { isUuid, uuidShape } from './uuid-shape.ts'

/**
 * Permutes the keys of one form: UUIDs of a version, and texts of a length over the smallest alphabet that holds them;
 * what is no letter and no digit stays where it is. A key that comes out in another form is sent through again, so
 * distinct keys stay distinct.
 */
export function textId(world: World): (value: string) => string {
  const permute = world.digits('text id')
  return (value) => {
    const shape = shapeOf(value)
    const { alphabets } = shape
    if (alphabets.length === 0) return value
    const radices = alphabets.map(({ letters }) => letters.length)
    const digits = alphabets.map(({ place, letters }) => letters.indexOf(value[place] ?? ''))
    for (;;) {
      permute(digits, radices)
      const made = [...value]
      alphabets.forEach(({ place, letters }, at) => (made[place] = letters[digits[at] ?? 0] ?? ''))
      const text = made.join('')
      if (shapeOf(text).name === shape.name) return text
    }
  }
}

/** The form of a key. */
export interface Shape {
  /** Equal for keys of one form and length. */
  readonly name: string
  /** The places that change, and what may stand there. */
  readonly alphabets: readonly { readonly place: number; readonly letters: string }[]
}

const decimal = '0123456789'
const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** From the smallest to the largest: the first that holds all letters and digits of a key is its own. */
const alphabetsBySize: readonly (readonly [string, string])[] = [
  ['decimal', decimal],
  ['hex', `${decimal}abcdef`],
  ['HEX', `${decimal}ABCDEF`],
  ['lower', lower],
  ['upper', upper],
  ['base36', decimal + lower],
  ['BASE36', decimal + upper],
  ['base62', decimal + upper + lower],
]

function shapeOf(value: string): Shape {
  if (isUuid(value)) return uuidShape(value)
  if (/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/u.test(value)) return ulidShape(value)
  const units = value.split('')
  const own = units.filter((unit) => /[0-9A-Za-z]/u.test(unit))
  const [name, letters] = alphabetsBySize.find(([, one]) => own.every((unit) => one.includes(unit))) ?? ['none', '']
  const first = units.findIndex((unit) => /[0-9A-Za-z]/u.test(unit))
  const alphabets = units.flatMap((unit, place) => {
    if (!/[0-9A-Za-z]/u.test(unit)) return []
    if (place !== first) return [{ place, letters }]
    // A key that begins with a letter goes on to: cuids and names of variables must. A number does not begin with 0.
    const isLetter = /[A-Za-z]/u.test(unit)
    const kept = [...letters].filter((one) => /[A-Za-z]/u.test(one) === isLetter && (unit === '0' || one !== '0')).join('')
    return [{ place, letters: unit === '0' ? '0' : kept }]
  })
  const rest = units.map((unit) => (/[0-9A-Za-z]/u.test(unit) ? '*' : unit)).join('')
  const head = first < 0 ? '' : /[A-Za-z]/u.test(units[first] ?? '') ? 'letter' : units[first] === '0' ? 'zero' : 'digit'
  return { name: `${name} ${head} ${rest}`, alphabets }
}

/** 48 bits of time and 80 of chance: the first digit is 7 at most. */
function ulidShape(value: string): Shape {
  return {
    name: 'ulid',
    alphabets: [...value].map((_, place) => ({ place, letters: place === 0 ? crockford.slice(0, 8) : crockford })),
  }
}
