import { northAmericanAreas, phoneRanges, unassignedCode } from '../../locale/phones.ts'
import type { Random } from '../../random/random.ts'
import { roomOf } from '../format/text.ts'
import type { Generator, GeneratorInput } from '../generator.ts'
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
  const generator = valueGenerator(
    input,
    'phone',
    (row, random) => filled(random.pick(rangesOf(row.address.countryCode)), random),
    { nulls: 0.15, capacity: 1_000_000_000, at: (index) => `${unassignedCode}${String(index).padStart(9, '0')}` },
  )
  return { ...generator, forms: forms.map((form) => inForm(input, form)) }
}

/** As people write numbers, each of a range that is kept for films and examples: `A` an area code, `#` a digit. */
const forms = [
  'A55501##', '+1A55501##', '1A55501##', '(A) 555-01##', 'A-555-01##', 'A.555.01##', 'A 555 01##', '+1 A 555 01##',
  '+1-A-555-01##', '+1 (A) 555-01##', '001A55501##', '555-01##', '55501##',
  '999#########', '019900####', '063998####', '07700900###', '+447700900###', '03023125###', '+493023125###', '+3363998####',
]

function inForm(input: GeneratorInput, form: string): Generator {
  const areas = form.includes('A') ? northAmericanAreas.length : 1
  const digits = form.split('#').length - 1
  const write = (index: number): string => {
    const tail = String(Math.floor(index / areas)).padStart(digits, '0')
    let place = 0
    return form.replace('A', northAmericanAreas[index % areas] ?? '').replace(/#/gu, () => tail[place++] ?? '0')
  }
  const capacity = areas * 10 ** digits
  return valueGenerator(input, 'phone', (_, random) => write(random.below(capacity)), { nulls: 0.15, capacity, at: write })
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
