import type { Mask } from '../mask.ts'

/** The value as it is: for what says nothing of a person. */
export const keep: Mask = {
  name: 'keep',
  summary: 'the value as it is; for columns that say nothing of a person',
  provenance: 'kept',
  compile: () => ({ apply: (value) => value, distinctBits: Infinity }),
}
