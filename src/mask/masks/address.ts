import type { Cell } from '../../seed/cell.ts'
import { typeGroup } from '../../seed/classify/type-group.ts'
import { numberText } from '../../seed/generators/format/number.ts'
import type { PostalAddress } from '../../seed/generators/generator.ts'
import { alpha2Of } from '../../seed/locale/country-codes.ts'
import { countries, homeCountries } from '../../seed/locale/places.ts'
import { addressIn } from '../../seed/shared/addresses.ts'
import type { CellMask, Mask, MaskColumn, Unfit } from '../mask.ts'
import { addressColumns } from './parts/address-columns.ts'
import { type AddressPart, addressParts } from './parts/fit-address.ts'
import { withCode } from './parts/with-code.ts'

/** Parts of postal addresses: one place in all columns of a row, decided by all of them together. */
export const address: Mask = {
  name: 'address',
  summary: 'one made-up address for all parts of it in the row: a street that is nowhere, in a city that exists; in the country of the row where that is kept; a country as a code of the kind that it was, else by its name',
  provenance: 'masked',
  types: ['text', 'decimal'],
  compile: (input) => {
    const part = addressParts[input.meaning ?? '']
    if (part === undefined) return { unfit: 'the column is no part of an address that is known (street, city, region, postalCode, country, countryCode, latitude, longitude)' }
    const placeOf = placesOf(input)
    if (typeGroup(input.column) === 'text') return textual(input, part, placeOf)
    const write = numberText(input.column, 4)
    return { apply: (value, row) => write(Number(part(placeOf(row), Infinity, value))), distinctBits: 0 }
  },
}

function textual(
  input: MaskColumn,
  part: AddressPart,
  placeOf: (row: readonly Cell[]) => PostalAddress,
): CellMask | Unfit {
  let row: readonly Cell[] = []
  if (input.room < 2) return { unfit: 'one character has no room for a part of an address' }
  const coded = withCode(input, `address ${input.meaning ?? ''}`, (value) => part(placeOf(row), input.room, value))
  if ('unfit' in coded) return coded
  return {
    distinctBits: coded.distinctBits,
    apply: (value, ofRow) => {
      row = ofRow
      return coded.apply(value, ofRow)
    },
  }
}

/** The columns of one address ask for its place one after the other: the last one is remembered. */
function placesOf(input: MaskColumn): (row: readonly Cell[]) => PostalAddress {
  const { world, place, plans } = input
  const columns = addressColumns(input)
  const places = columns.flatMap((column) => place(column) ?? [])
  const country = columns.find((column) => plans.get(column)?.meaning === 'countryCode' && plans.get(column)?.mask.name === 'keep')
  const countryPlace = country === undefined ? undefined : place(country)
  const homes = homeCountries(world.locale.name)
  const chanceOf = world.chance('address')
  let known: readonly Cell[] | undefined
  let found: PostalAddress | undefined
  return (row) => {
    if (row === known && found !== undefined) return found
    const random = chanceOf(places.map((at) => row[at] ?? '').join('\0').toLowerCase())
    const home = random.pick(homes)
    const said = countryPlace === undefined ? undefined : countries.get(alpha2Of(row[countryPlace] ?? ''))
    known = row
    found = addressIn(said ?? home, random)
    return found
  }
}
