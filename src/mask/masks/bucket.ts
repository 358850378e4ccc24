import type { Mask } from '../mask.ts'
import { numberTypes } from './parts/types.ts'

/** Numbers, by the size of the bucket they fall into. */
export const bucket: Mask = {
  name: 'bucket',
  summary: 'the lower end of the bucket that the number falls into: `bucket(1000)` makes 41250 to 41000',
  provenance: 'generalised',
  types: numberTypes,
  compile: ({ argument, column }) => {
    const size = Number(argument)
    if (argument === undefined || !(size > 0)) return { unfit: 'bucket needs its size in brackets, as in bucket(1000)' }
    if (column.baseType === 'money') return { unfit: 'money is written differently everywhere' }
    return {
      distinctBits: 0,
      apply: (value) => {
        const number = Number(value)
        if (!Number.isFinite(number)) return value
        const lower = Math.floor(number / size) * size
        const digits = /\.(\d+)$/u.exec(value)?.[1]?.length ?? 0
        return digits === 0 && Number.isInteger(lower) ? BigInt(lower).toString() : lower.toFixed(digits)
      },
    }
  },
}
