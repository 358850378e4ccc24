import { numberRange } from '../../seed/generators/format/number.ts'
import type { Mask } from '../mask.ts'
import { numberTypes } from './parts/types.ts'

/** Numbers, a little more or less. */
export const noise: Mask = {
  name: 'noise',
  summary: 'at most 10 % more or less, `noise(3%)`: 3 %; never the same number, never another sign; as many digits after the point',
  provenance: 'masked',
  types: numberTypes,
  compile: ({ world, argument = '10%', column }) => {
    const percent = Number(/^(\d+(?:\.\d+)?) ?%$/u.exec(argument.trim())?.[1])
    if (!(percent > 0 && percent <= 100)) return { unfit: 'the noise is a percentage above 0 and at most 100, as in noise(10%)' }
    if (column.baseType === 'money') return { unfit: 'money is written differently everywhere; use null, fixed or synthetic' }
    const chanceOf = world.chance('noise')
    const { min, max } = numberRange(column)
    return {
      distinctBits: 0,
      apply: (value) => {
        const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(value) ?? []
        // NaN, infinity and numbers in scientific notation.
        if (whole === '') return Number.isFinite(Number(value)) ? scientific(Number(value), chanceOf(value).fraction(), percent) : value
        const random = chanceOf(value)
        const unit = 10 ** fraction.length
        if (whole.length + fraction.length > 15) return sign + longNumber(whole, fraction, random.fraction(), percent)
        const units = Math.round(Number(`${whole}.${fraction === '' ? '0' : fraction}`) * unit)
        const share = ((random.fraction() * 2 - 1) * percent) / 100
        const moved = Math.round(units * (1 + share))
        const other = moved === units ? units + (units === 0 || random.fraction() < 0.5 ? 1 : -1) : moved
        const most = Math.floor((sign === '-' ? -min : max) * unit)
        const kept = other > most ? Math.max(0, units - 1) : other
        const text = String(kept).padStart(fraction.length + 1, '0')
        const written = fraction === '' ? text : `${text.slice(0, -fraction.length)}.${text.slice(-fraction.length)}`
        return kept === 0 ? written : sign + written
      },
    }
  },
}

/** More digits than JavaScript counts: the first fifteen are moved, the rest are chance. */
function longNumber(whole: string, fraction: string, drawn: number, percent: number): string {
  const digits = whole + fraction
  const head = Number(digits.slice(0, 15))
  const moved = String(Math.round(head * (1 - (drawn * percent) / 100)) - 1).padStart(15, '0').slice(-15)
  const tail = [...digits.slice(15)].map((_, place) => Math.floor(((drawn * 7919 + 0.37 * place) % 1) * 10)).join('')
  const made = moved + tail
  return fraction === '' ? made : `${made.slice(0, whole.length)}.${made.slice(whole.length)}`
}

function scientific(value: number, drawn: number, percent: number): string {
  return String(value * (1 + ((drawn * 2 - 1) * percent) / 100))
}
