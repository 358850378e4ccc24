import type { Random } from '../../random/random.ts'
import { base36, roomOf } from '../format/text.ts'
import { namesMeaning } from '../meanings.ts'
import { codes } from '../count-phrases.ts'
import { type GeneratorFamily, type GeneratorMaker, textGenerator, valueGenerator } from '../make.ts'

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

/**
 * A text that counts: `write(0)`, `write(1)` and so on are distinct; rows draw one of them. A column too short for it
 * has letters and digits.
 */
function countedText(
  name: string,
  length: number,
  capacity: number,
  write: (index: number) => string,
  nulls = 0.1,
): GeneratorMaker {
  return (input) => {
    const room = roomOf(input.column)
    const counted = room >= length ? { capacity, at: write } : codes(room)
    return valueGenerator(input, name, (_, random) => counted.at(random.below(counted.capacity)), { nulls, ...counted })
  }
}

/** As a social security number of the United States, in the areas 000 and 666, which were never issued. */
const nationalId = countedText('nationalId', 11, 2_000_000, (index) => {
  const serial = index % 1_000_000
  return `${index < 1_000_000 ? '000' : '666'}-${digits(Math.floor(serial / 10_000), 2)}-${digits(serial % 10_000, 4)}`
})

/** The country prefix XX is no country's, so no register has it. */
const vatNumber = countedText('vatNumber', 11, 1_000_000_000, (index) => `XX${digits(index, 9)}`, 0.2)

/** I, O and Q stand in no vehicle identification number: each of these has one. */
const vin = countedText('vin', 17, 100_000_000, (index) => `QQQZZZ00Z${digits(index, 8)}`, 0.1)

const licensePlate = countedText('licensePlate', 8, 36 ** 5, (index) => `QQ ${base36(index, 5).toUpperCase()}`)

const medicalRecord = countedText('medicalRecord', 12, 1_000_000_000, (index) => `MRN${digits(index, 9)}`)

const illnesses = 'J00 Common cold,M54.5 Low back pain,R51 Headache,Z00.0 General examination,T78.4 Allergy,S93.4 Ankle sprain'.split(',')

const diagnosis: GeneratorMaker = (input) => {
  const isCode = roomOf(input.column) < 20
  return textGenerator(
    input,
    'diagnosis',
    (_, random) => {
      const entry = random.pick(illnesses)
      return isCode ? (entry.split(' ')[0] ?? '') : entry.slice(entry.indexOf(' ') + 1)
    },
    { nulls: 0.4 },
  )
}

const bloodType: GeneratorMaker = (input) => {
  const values = input.column.enumLabels ?? ['0+', 'A+', 'B+', '0-', 'A-', 'AB+', 'B-', 'AB-']
  return textGenerator(input, 'bloodType', (_, random) => random.pick(values), { nulls: 0.3 })
}

/** The numbers that card networks and payment services publish for tests. */
const testCards: readonly string[] = [
  '4242424242424242', '4111111111111111', '4012888888881881', '4000056655665556', '5555555555554444', '5105105105105100',
  '2223003122003222', '5200828282828210', '378282246310005', '371449635398431', '6011111111111117', '6011000990139424',
  '3056930009020004', '36227206271667', '3566002020360505', '6200000000000005',
]

const cardNumber: GeneratorMaker = (input) =>
  textGenerator(input, 'cardNumber', (_, random) => random.pick(testCards), { nulls: 0.1, capacity: testCards.length, at: (index) => testCards[index] ?? '' })

const cardCode: GeneratorMaker = (input) =>
  valueGenerator(input, 'cardCode', (_, random) => digits(100 + random.below(900), 3), { nulls: 0.1 })

/** `MM/YY`, one to five years ahead. */
const cardExpiry: GeneratorMaker = (input) => {
  const year = new Date(input.now).getUTCFullYear() % 100
  return textGenerator(input, 'cardExpiry', (_, random) => `${digits(1 + random.below(12), 2)}/${digits((year + 1 + random.below(5)) % 100, 2)}`, { nulls: 0.1 })
}

/** XX is no country's code and 00 no check number, so no bank takes it. */
const iban = countedText('iban', 22, 1e12, (index) => `XX00TEST${digits(index, 14)}`)

/** The location code 0 at the end of the first eight marks a code for tests. */
const bic: GeneratorMaker = (input) =>
  textGenerator(input, 'bic', (_, random) => `TEST${letters(random, 2)}${letters(random, 1)}0`, { nulls: 0.1 })

function letters(random: Random, count: number): string {
  let text = ''
  for (let at = 0; at < count; at++) text += 'ABCDEFGHJKLMNPQRSTUVWXYZ'[random.below(24)] ?? 'A'
  return text
}

const accountNumber = countedText('accountNumber', 10, 100_000_000, (index) => `00${digits(index, 8)}`)

/** The end of the row's own card or account number. */
const lastFour: GeneratorMaker = (input) => {
  const sources = namesMeaning(input, 'cardNumber', 'iban', 'accountNumber').slice(0, 1)
  return textGenerator(
    input,
    'lastFour',
    (row, random) => {
      const source = sources[0] === undefined ? undefined : row.cell(sources[0])
      return (source ?? random.pick(testCards)).slice(-4)
    },
    { after: sources, nulls: 0.1 },
  )
}

/** Numbers by which somebody is known: all of them such as were never given out. */
export const identityGenerators: GeneratorFamily = {
  nationalId, vatNumber, vin, licensePlate, medicalRecord, diagnosis, bloodType, cardNumber, cardCode, cardExpiry, iban,
  bic, accountNumber, lastFour,
}
