import type { Mask } from '../mask.ts'
import { shiftDays } from './parts/shift-days.ts'
import { momentTypes } from './parts/types.ts'

/** Days and moments, moved by as many days for all that is about one person. */
export const dateShift: Mask = {
  name: 'date-shift',
  summary: 'moved by 1 to 365 days, `date-shift(30)`: 1 to 30; all dates of one person by as many, so order and gaps stay',
  provenance: 'masked',
  types: momentTypes,
  compile: ({ world, argument, person, place }) => {
    const most = argument === undefined ? 365 : Number(argument)
    if (!Number.isInteger(most) || most < 1 || most > 36_500) return { unfit: 'the number of days is a whole number from 1 to 36500' }
    const tagOf = world.prf('date shift')
    // Whom nothing is known of: all of them together, so that order and gaps stay among them as well.
    const nobody = daysOf(tagOf('').w0, tagOf('').w1, most)
    const at = person === undefined ? undefined : place(person)
    if (person === undefined || at === undefined) {
      return { apply: (value) => shiftDays(value, nobody), distinctBits: Infinity }
    }
    return {
      distinctBits: 0,
      distinctWith: person,
      apply: (value, row) => {
        const whose = row[at]
        if (whose === null || whose === undefined) return shiftDays(value, nobody)
        const { w0, w1 } = tagOf(`of ${whose}`)
        return shiftDays(value, daysOf(w0, w1, most))
      },
    }
  },
}

/** Never 0. */
function daysOf(w0: number, w1: number, most: number): number {
  const days = 1 + Math.floor(((w0 >>> 0) / 0x1_0000_0000) * most)
  return (w1 & 1) === 0 ? days : -days
}
