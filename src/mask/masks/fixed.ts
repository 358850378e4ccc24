import type { Mask } from '../mask.ts'

/** One value for all: `fixed(text)`. */
export const fixed: Mask = {
  name: 'fixed',
  summary: 'the same value in every row: `fixed(unknown)`',
  provenance: 'replaced',
  compile: ({ argument }) =>
    argument === undefined
      ? { unfit: 'fixed needs its value in brackets, as in fixed(unknown)' }
      : { apply: () => argument, distinctBits: 0 },
}
