import type { Mask } from '../mask.ts'
import { nameMask } from './parts/name-mask.ts'
import { firstNames, lastNames } from './parts/names.ts'
import { textTypes } from './parts/types.ts'

/** First and last name in one column; the same names as the columns of their own have, so a row agrees with itself. */
export const fullName: Mask = {
  name: 'full-name',
  summary: 'another person: its first and last names are those that first-name and last-name give',
  provenance: 'masked',
  types: textTypes,
  compile: (input) => {
    const firstOf = firstNames(input.world)
    const lastOf = lastNames(input.world)
    const isFamilyFirst = /^(?:ja|ko|zh|hu)/u.test(input.world.locale.name)
    const { female, male, last } = input.world.locale.people
    return nameMask(input, 'full name', (value) => rename(value.trim()), [...female, ...male, ...last])

    function rename(value: string): string {
      const comma = value.indexOf(',')
      if (comma > 0) return `${lastOf(value.slice(0, comma)).name}, ${firstOf(value.slice(comma + 1)).name}`
      const words = value.split(/\s+/u)
      if (words.length === 1) return lastOf(value).name
      const family = isFamilyFirst ? words[0] : words.at(-1)
      const given = isFamilyFirst ? words.slice(1) : words.slice(0, -1)
      const masked = given.map((word) => firstOf(word).name)
      const lastName = lastOf(family ?? '').name
      return (isFamilyFirst ? [lastName, ...masked] : [...masked, lastName]).join(' ')
    }
  },
}
