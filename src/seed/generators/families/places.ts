import { countries } from '../../locale/places.ts'
import { numberText } from '../format/number.ts'
import { roomOf } from '../format/text.ts'
import type { GeneratorInput, PostalAddress } from '../generator.ts'
import { namesMeaning } from '../meanings.ts'
import { listed } from '../count-phrases.ts'
import { type Extras, type GeneratorFamily, type GeneratorMaker, phraseGenerator, textGenerator, valueGenerator } from '../make.ts'

/** A part of the row's address. Where the row has a country of its own, the address is in it, so that is made first. */
function part(name: string, write: (address: PostalAddress) => string, extras: Extras = {}): GeneratorMaker {
  return (input) => textGenerator(input, name, (row) => write(row.address), { after: countryColumns(input), ...extras })
}

function countryColumns(input: GeneratorInput): readonly string[] {
  return namesMeaning(input, 'countryCode')
}

const all = [...countries.values()]
const codesOfCountries = listed(all.map(({ code }) => code))
const namesOfCountries = listed(all.map(({ name }) => name))

/** Which of a country's names a column takes is a matter of its length. */
const country: GeneratorMaker = (input) => {
  if (roomOf(input.column) < 4) return countryCode(input)
  const { capacity, first = 0, at } = phraseGenerator(input, 'country', namesOfCountries)
  return textGenerator(input, 'country', (row) => row.address.country, {
    after: countryColumns(input),
    ...(capacity !== undefined && at !== undefined && { capacity, first, at }),
  })
}

/** Of the row's address; where it must be distinct, all codes that are assigned, then all others there could be. */
const countryCode: GeneratorMaker = (input) =>
  textGenerator(input, 'countryCode', (row) => row.address.countryCode, {
    capacity: 676,
    first: codesOfCountries.size,
    at: (index) => {
      const others = index - codesOfCountries.size
      return others < 0 ? codesOfCountries.at(index) : otherCode(others)
    },
  })

const unknownCodes = listed(
  Array.from({ length: 676 }, (_, index) => String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26))).filter(
    (code) => !countries.has(code),
  ),
)

function otherCode(index: number): string {
  return unknownCodes.at(index)
}

const callingCode: GeneratorMaker = (input) =>
  textGenerator(input, 'callingCode', (_, random) => `+${1 + random.below(998)}`, { capacity: 998, at: (index) => `+${index + 1}` })

function coordinate(name: string, read: (address: PostalAddress) => number): GeneratorMaker {
  return (input) => {
    const write = numberText(input.column, 4)
    return valueGenerator(input, name, (row) => write(read(row.address)), { after: countryColumns(input), nulls: 0.1 })
  }
}

const timeZone: GeneratorMaker = (input) =>
  textGenerator(input, 'timeZone', (row) => countries.get(row.address.countryCode)?.timeZone ?? 'Etc/UTC', { after: countryColumns(input) })

/** `de`, or `de-AT` where there is room for it. */
const language: GeneratorMaker = (input) => {
  const isLong = roomOf(input.column) >= 5 && !/lang/iu.test(input.column.name)
  return textGenerator(
    input,
    'language',
    (row) => {
      const tag = countries.get(row.address.countryCode)?.language ?? 'en-US'
      return isLong ? tag : tag.slice(0, 2)
    },
    { after: countryColumns(input) },
  )
}

const secondaryAddress: GeneratorMaker = (input) =>
  textGenerator(input, 'secondaryAddress', (_, random) => `${random.pick(['Unit', 'Floor', 'Suite'])} ${1 + random.below(40)}`, { nulls: 0.7 })

/** Where something is; all of a row agree. */
export const placeGenerators: GeneratorFamily = {
  street: part('street', ({ street }) => street),
  secondaryAddress,
  city: part('city', ({ city }) => city),
  region: part('region', ({ region }) => region, { nulls: 0.1 }),
  postalCode: part('postalCode', ({ postalCode }) => postalCode),
  country,
  countryCode,
  callingCode,
  latitude: coordinate('latitude', ({ latitude }) => latitude),
  longitude: coordinate('longitude', ({ longitude }) => longitude),
  timeZone,
  language,
}
