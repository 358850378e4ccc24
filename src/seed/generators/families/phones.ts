import { northAmericanAreas, phoneRanges, unassignedCode } from '../../locale/phones.ts'
import type { Random } from '../../random/random.ts'
import { roomOf } from '../format/text.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'

/**
 * E.164 in a range that the row's country keeps for films and examples; where numbers must be distinct, of the country
 * code that is assigned to nobody. A column too short for a country code has the local form.
 */
const phone: GeneratorMaker = (input) => {
  const room = roomOf(input.column)
  if (room < 8) return undefined
  if (room < 14) {
    return valueGenerator(input, 'phone', (_, random) => `555-01${String(random.below(100)).padStart(2, '0')}`, {
      nulls: 0.15,
      capacity: 10 ** (room - 5),
      at: (index) => `${unassignedCode}${String(index).padStart(room - 4, '0')}`,
    })
  }
  return valueGenerator(input, 'phone', (row, random) => filled(random.pick(rangesOf(row.address.countryCode)), random), {
    nulls: 0.15,
    capacity: 1_000_000_000,
    at: (index) => `${unassignedCode}${String(index).padStart(9, '0')}`,
  })
}

/** `+1N55501##`, taken apart. */
interface Range {
  readonly head: string
  readonly hasArea: boolean
  readonly middle: string
  readonly digits: number
}

const taken = new Map<string, readonly Range[]>()

function rangesOf(countryCode: string): readonly Range[] {
  let ranges = taken.get(countryCode)
  if (ranges === undefined) {
    ranges = phoneRanges(countryCode).map((range) => {
      const [head = '', middle] = range.replaceAll('#', '').split('N')
      return { head, hasArea: middle !== undefined, middle: middle ?? '', digits: range.split('#').length - 1 }
    })
    taken.set(countryCode, ranges)
  }
  return ranges
}

function filled({ head, hasArea, middle, digits }: Range, random: Random): string {
  const area = hasArea ? random.pick(northAmericanAreas) : ''
  const tail = digits === 0 ? '' : String(random.below(10 ** digits)).padStart(digits, '0')
  return head + area + middle + tail
}

/** Telephone numbers that ring nowhere. */
export const phoneGenerators: GeneratorFamily = { phone }
