/** As PostgreSQL writes days and moments with DateStyle ISO: the day, the rest of it, the era. */
const pattern = /^(\d{4,})-(\d\d)-(\d\d)(.*?)( BC)?$/su

/** The first and last day that both date and timestamp have. */
const first = daysOfCivil(-4712, 1, 1)
const last = daysOfCivil(294_276, 12, 31)

/**
 * A day or a moment so many days later, whatever its type, zone and era; `infinity` and what is no day stay. At the
 * ends of what PostgreSQL counts it is as many days earlier.
 */
export function shiftDays(value: string, days: number): string {
  const match = pattern.exec(value)
  if (match === null) return value
  const [, year = '', month = '', day = '', rest = '', era] = match
  const astronomical = era === undefined ? Number(year) : 1 - Number(year)
  const civil = daysOfCivil(astronomical, Number(month), Number(day))
  const moved = civil + days
  return civilText(moved < first || moved > last ? civil - days : moved, rest)
}

/** Days since 1970-01-01 (Howard Hinnant); years before 1 count down from 0. */
function daysOfCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

function civilText(days: number, rest: string): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const leaps = Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096)
  const yearOfEra = Math.floor((ofEra - leaps) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const place = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * place + 2) / 5) + 1
  const month = place < 10 ? place + 3 : place - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const written = year > 0 ? year : 1 - year
  const padded = (number: number, digits: number): string => String(number).padStart(digits, '0')
  return `${padded(written, 4)}-${padded(month, 2)}-${padded(day, 2)}${rest}${year > 0 ? '' : ' BC'}`
}
