import type { CellAddress } from '../cell.ts'
import type { PostalAddress } from '../generators/generator.ts'
import type { Locale } from '../locale/locale.ts'
import { type CountryPlaces, countries, homeCountries } from '../locale/places.ts'
import { streetLine } from '../locale/streets.ts'
import { columnRandoms } from '../random/cell-random.ts'
import type { Random } from '../random/random.ts'

/**
 * The address of a row: one place, whose city, region, postal code, country and position agree. `countryCode` is what
 * the row's own column says, where it has one; without it, a country of the locale. The street is invented.
 */
export function addressesOf(
  { seed, model, locale }: Pick<CellAddress, 'seed' | 'model'> & { readonly locale: Locale },
): (row: number, countryCode?: string) => PostalAddress {
  const randoms = columnRandoms({ seed, model, field: '#address' })
  const homes = homeCountries(locale.name)
  return (row, countryCode) => {
    const random = randoms(row)
    const home = random.pick(homes)
    return addressIn(countries.get(countryCode?.trim().toUpperCase() ?? '') ?? home, random)
  }
}

/** An address in a country: a city that exists, a street that does not. */
export function addressIn(country: CountryPlaces, random: Random): PostalAddress {
  const place = random.pick(country.places)
  return {
    street: streetLine(country.language, random.below(1000), 1 + random.below(180)),
    city: place.city,
    region: place.region,
    postalCode: filled(place.postalCode, random),
    countryCode: country.code,
    country: country.name,
    latitude: Math.round((place.latitude + (random.fraction() - 0.5) / 20) * 10_000) / 10_000,
    longitude: Math.round((place.longitude + (random.fraction() - 0.5) / 20) * 10_000) / 10_000,
  }
}

const letters = 'ABEHLMNPRSTWXYZ'

/** A pattern with `#` for a digit and `@` for a letter that postal codes use. */
function filled(pattern: string, random: Random): string {
  let text = ''
  for (const sign of pattern) {
    if (sign === '#') text += String(random.below(10))
    else if (sign === '@') text += letters[random.below(letters.length)] ?? 'A'
    else text += sign
  }
  return text
}
