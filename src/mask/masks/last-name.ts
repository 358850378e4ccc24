import type { Mask } from '../mask.ts'
import { nameMask } from './parts/name-mask.ts'
import { lastNames } from './parts/names.ts'
import { textTypes } from './parts/types.ts'

/** Last names. */
export const lastName: Mask = {
  name: 'last-name',
  summary: 'another last name',
  provenance: 'masked',
  types: textTypes,
  compile: (input) => {
    const nameOf = lastNames(input.world)
    return nameMask(input, 'last name', (value) => nameOf(value).name, input.world.locale.people.last)
  },
}
