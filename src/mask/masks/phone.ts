import { homeCountries } from '../../seed/locale/places.ts'
import { northAmericanAreas, phoneRanges, unassignedCode } from '../../seed/locale/phones.ts'
import type { Mask } from '../mask.ts'
import type { World } from '../world.ts'
import { textTypes } from './parts/types.ts'

/** Telephone numbers that ring nowhere. */
export const phone: Mask = {
  name: 'phone',
  summary: 'a number of a range kept for films; where numbers must be distinct, all its digits permuted behind +999, a code of no country',
  provenance: 'masked',
  types: textTypes,
  compile: ({ world, room, isUnique }) => {
    if (isUnique) {
      if (room < unassignedCode.length + 15) return { unfit: `distinct numbers need ${unassignedCode.length + 15} characters, and there are ${room}` }
      return { distinctBits: Infinity, apply: distinctPhone(world, room) }
    }
    if (room < 8) return { unfit: `${room} characters have no room for a number` }
    const chanceOf = world.chance('phone')
    const ranges = homeCountries(world.locale.name).flatMap(({ code }) => phoneRanges(code))
    return {
      distinctBits: 0,
      apply: (value) => {
        const random = chanceOf(value.replace(/\D/gu, ''))
        if (room < 16) return `555-01${String(random.below(100)).padStart(2, '0')}`
        return random
          .pick(ranges)
          .replace('N', () => random.pick(northAmericanAreas))
          .replace(/#/gu, () => String(random.below(10)))
      },
    }
  },
}

/** `+4930…` is permuted as it is; what is written with blanks and brackets has an extension that tells it apart. */
function distinctPhone(world: World, room: number): (value: string) => string {
  const permute = world.digits('phone')
  const tagOf = world.prf('phone form')
  return (value) => {
    const digits = [...value.replace(/\D/gu, '')].slice(0, 15).map(Number)
    permute(digits, digits.map(() => 10))
    const number = `${value.startsWith('+') ? '+' : ''}${unassignedCode.slice(1)}${digits.join('')}`
    if (/^\+?\d{1,15}$/u.test(value)) return number
    return `${number}x${String(tagOf(value).w0 >>> 0).padStart(10, '0')}`.slice(0, room)
  }
}
