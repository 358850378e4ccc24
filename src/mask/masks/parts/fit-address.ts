import type { PostalAddress } from '../../../seed/generators/generator.ts'
import { countries } from '../../../seed/locale/places.ts'

/** A part of an address by the name of its meaning, as the classifier has it. */
export const addressParts: Readonly<Record<string, (address: PostalAddress, room: number) => string>> = {
  street: ({ street }, room) => firstFitting(room, street, `${numberIn(street)} Way`, numberIn(street)),
  secondaryAddress: ({ street }, room) => firstFitting(room, `Unit ${numberIn(street)}`, numberIn(street)),
  city: (address, room) => firstFitting(room, address.city, ...cities(address), initials(address.city)),
  region: ({ region }, room) => firstFitting(room, region, initials(region)),
  postalCode: ({ postalCode }, room) => firstFitting(room, postalCode, postalCode.replace(/[\s-]/gu, '')),
  country: ({ country, countryCode }, room) => firstFitting(room, country, countryCode),
  countryCode: ({ countryCode }, room) => firstFitting(room, countryCode),
  latitude: ({ latitude }, room) => fittingNumber(latitude, room),
  longitude: ({ longitude }, room) => fittingNumber(longitude, room),
}

/** The first that the column holds whole: a name that is cut off names nothing. The last resort is cut. */
function firstFitting(room: number, ...texts: readonly string[]): string {
  const found = texts.find((text) => [...text].length <= room)
  return found ?? [...(texts.at(-1) ?? '')].slice(0, room).join('')
}

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
