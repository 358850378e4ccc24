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
  return valueGenerator(
    input,
    'phone',
    (row, random) => filled(random.pick(phoneRanges(row.address.countryCode)), random),
    { nulls: 0.15, capacity: 1_000_000_000, at: (index) => `${unassignedCode}${String(index).padStart(9, '0')}` },
  )
}

function filled(range: string, random: Random): string {
  let number = ''
  for (const sign of range) {
    if (sign === '#') number += String(random.below(10))
    else if (sign === 'N') number += random.pick(northAmericanAreas)
    else number += sign
  }
  return number
}

/** Telephone numbers that ring nowhere. */
export const phoneGenerators: GeneratorFamily = { phone }
