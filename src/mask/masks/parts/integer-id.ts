import type { World } from '../../world.ts'
import { permuteNumber } from '../../secret/permute-number.ts'

/** The greatest value of the types that integer keys have. */
export const integerTypes: ReadonlyMap<string, string> = new Map([
  ['int2', '32767'],
  ['int4', '2147483647'],
  ['int8', '9223372036854775807'],
])

/**
 * Permutes the numbers of as many digits, none of which begins with 0: keys stay small where they were small, so that a
 * sequence goes on where it would have. 0 and signs stay.
 */
export function integerId(world: World, limit: string): (value: string) => string {
  const block = world.block('integer')
  const permute = world.digits('integer')
  return (value) => {
    const isNegative = value.startsWith('-')
    const digits = isNegative ? value.slice(1) : value
    const count = digits.length
    if (digits === '0') return value
    const isFull = count === limit.length
    const sign = isNegative ? '-' : ''
    if (count <= 15) {
      const least = 10 ** (count - 1)
      const size = (isFull ? Number(limit) + 1 : 10 ** count) - least
      return sign + String(permuteNumber(block, Number(digits) - least, size) + least)
    }
    const radices = [9, ...new Array<number>(count - 1).fill(10)]
    const places = [...digits].map((digit, place) => Number(digit) - (place === 0 ? 1 : 0))
    let made: string
    do {
      permute(places, radices)
      made = places.map((digit, place) => digit + (place === 0 ? 1 : 0)).join('')
    } while (isFull && made > limit)
    return sign + made
  }
}
