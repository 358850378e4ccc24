import type { PostalAddress } from '../../../seed/generators/generator.ts'
import { countryCodes } from '../../../seed/locale/country-codes.ts'
import { countries } from '../../../seed/locale/places.ts'

/** A part of an address for a column with so much room, in the form of the value whose place it takes. */
export type AddressPart = (address: PostalAddress, room: number, value: string) => string

/** The parts by the names of their meanings, as the classifier has them. */
export const addressParts: Readonly<Record<string, AddressPart>> = {
  street: ({ street }, room) => firstFitting(room, street, `${numberIn(street)} Way`, numberIn(street)),
  secondaryAddress: ({ street }, room) => firstFitting(room, `Unit ${numberIn(street)}`, numberIn(street)),
  city: (address, room) => firstFitting(room, address.city, ...cities(address), initials(address.city)),
  region: ({ region }, room, value) =>
    firstFitting(isCode(value) ? Math.min(room, 3) : room, region, initials(region)),
  postalCode: ({ postalCode }, room) => firstFitting(room, postalCode, postalCode.replace(/[\s-]/gu, '')),
  country: (address, room, value) =>
    codeLike(address, value) ?? firstFitting(room, address.country, address.countryCode),
  countryCode: (address, room, value) => codeLike(address, value) ?? firstFitting(room, address.countryCode),
  latitude: ({ latitude }, room) => fittingNumber(latitude, room),
  longitude: ({ longitude }, room) => fittingNumber(longitude, room),
}

/** The first that the column holds whole: a name that is cut off names nothing. The last resort is cut. */
function firstFitting(room: number, ...texts: readonly string[]): string {
  const found = texts.find((text) => [...text].length <= room)
  return found ?? [...(texts.at(-1) ?? '')].slice(0, room).join('')
}

/** The code of its country of the kind that a value is: two letters, three, or three digits; undefined for a name. */
function codeLike({ countryCode }: PostalAddress, value: string): string | undefined {
  const codes = countryCodes.get(countryCode)
  if (/^\d{3}$/u.test(value)) return codes?.numeric
  const code = value.length === 3 ? codes?.alpha3 : countryCode
  if (isCode(value)) return code
  return /^[a-z]{2,3}$/u.test(value) ? code?.toLowerCase() : undefined
}

const isCode = (value: string): boolean => /^[A-Z]{2,3}$/u.test(value)

/** `Nordrhein-Westfalen` is NW, and Hessen HE. */
function initials(name: string): string {
  const words = name.split(/[\s'-]+/u).filter((word) => word !== '')
  const letters = words.length > 1 ? words.map((word) => [...word][0] ?? '') : [...name].slice(0, 2)
  return letters.join('').toUpperCase()
}

/** The other cities of the country, where the one that was drawn is too long. */
function cities({ countryCode }: PostalAddress): readonly string[] {
  return (countries.get(countryCode)?.places ?? []).map(({ city }) => city)
}

const numberIn = (street: string): string => /\d+/u.exec(street)?.[0] ?? '1'

function fittingNumber(value: number, room: number): string {
  return firstFitting(room, String(value), value.toFixed(2), value.toFixed(0))
}
