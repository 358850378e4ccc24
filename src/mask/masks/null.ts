import type { Mask } from '../mask.ts'

/** NULL for every value. */
export const nullMask: Mask = {
  name: 'null',
  summary: 'NULL for every value',
  provenance: 'null',
  // NULLs are distinct in a unique index, unless it says otherwise: the compiler asks.
  compile: ({ column }) =>
    column.notNull ? { unfit: 'the column is NOT NULL' } : { apply: () => null, distinctBits: Infinity },
}
