import type { Mask } from '../mask.ts'
import { nameMask } from './parts/name-mask.ts'
import { firstNames } from './parts/names.ts'
import { textTypes } from './parts/types.ts'

/** First names, also the middle ones. */
export const firstName: Mask = {
  name: 'first-name',
  summary: 'another first name, of the same sex where the name is a known one; several names stay several',
  provenance: 'masked',
  types: textTypes,
  compile: (input) => {
    const { female, male } = input.world.locale.people
    const nameOf = firstNames(input.world)
    return nameMask(input, 'first name', (value) => wordwise(value, (word) => nameOf(word).name), [...female, ...male])
  },
}

/** Each of several names: `Anna Maria`, `Jean-Luc`. */
function wordwise(value: string, rename: (word: string) => string): string {
  return /[\s-]/u.test(value.trim()) ? value.trim().replace(/[^\s-]+/gu, rename) : rename(value)
}
