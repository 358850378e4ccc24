import type { Mask } from '../mask.ts'

/** The values of other rows: the source hands them out in another order. */
export const shuffle: Mask = {
  name: 'shuffle',
  summary: 'the value of another row, `shuffle(country_code)`: of one with the same country_code; every value stays in the table, so for class Q alone',
  provenance: 'masked',
  compile: ({ argument, place, isUnique }) => {
    if (argument !== undefined && place(argument) === undefined) return { unfit: `the table has no column ${argument}` }
    // Read from the source in another order already (`readFrom` of the table's mask).
    return isUnique ? { unfit: 'a unique column has nothing to gain: give it id, or a mask of its kind' } : { apply: (value) => value, distinctBits: 0 }
  },
}
