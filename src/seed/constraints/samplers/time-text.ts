/** Microseconds of a second. */
export const second = 1_000_000n
const hour = 3600n * second
/** A day of 24 hours, as PostgreSQL compares intervals. */
export const day = 24n * hour

/** Microseconds since 1970, UTC, of a date or timestamp; without an offset it is taken as UTC. */
export function parseInstant(text: string): bigint | undefined {
  const match =
    /^(\d{4,6})-(\d\d)-(\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)\s*(Z|[+-]\d\d(?::?\d\d)?(?::\d\d)?)?)?$/.exec(text)
  if (match === null) return undefined
  const [, year = '', month = '', date = '', clock, offset] = match
  const days = daysFromCivil(Number(year), Number(month), Number(date))
  const time = clock === undefined ? 0n : parseClock(clock)
  return days === undefined || time === undefined ? undefined : BigInt(days) * day + time - parseOffset(offset)
}

/** `2024-01-31`. */
export function formatDate(microseconds: bigint): string {
  const days = floorDivide(microseconds, day)
  const { year, month, date } = civilFromDays(Number(days))
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(date)}`
}

/** `2024-01-31 12:00:00.5`, without an offset. */
export function formatInstant(microseconds: bigint): string {
  const days = floorDivide(microseconds, day)
  return `${formatDate(microseconds)} ${formatClock(microseconds - days * day)}`
}

/** Microseconds since midnight; 24:00:00 is the last. */
export function parseClock(text: string): bigint | undefined {
  const match = /^(\d+):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/.exec(text)
  if (match === null) return undefined
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const whole = BigInt(hours) * hour + (BigInt(minutes) * 60n + BigInt(seconds)) * second
  return whole + BigInt(fraction.padEnd(6, '0'))
}

/** `12:00:00.5`; more than 24 hours for an interval. */
export function formatClock(microseconds: bigint): string {
  const hours = microseconds / hour
  const seconds = (microseconds % hour) / second
  const fraction = (microseconds % second).toString().padStart(6, '0').replace(/0+$/, '')
  const text = `${hours.toString().padStart(2, '0')}:${pad(Number(seconds / 60n))}:${pad(Number(seconds % 60n))}`
  return fraction === '' ? text : `${text}.${fraction}`
}

/** An interval in its three parts, from PostgreSQL's text: `1 year 2 mons 3 days -04:05:06`. */
export function parseInterval(text: string): { readonly months: bigint; readonly microseconds: bigint } | undefined {
  let [months, microseconds] = [0n, 0n]
  const rest = text.trim().toLowerCase().replace(/^@\s*/, '')
  if (rest === '') return undefined
  const clocked = /(?:^|\s)([+-]?)(\d+:\d\d(?::\d\d(?:\.\d+)?)?)$/.exec(rest)
  if (clocked !== null) {
    const clock = parseClock(clocked[2] ?? '')
    if (clock === undefined) return undefined
    microseconds += clocked[1] === '-' ? -clock : clock
  }
  const parts = (clocked === null ? rest : rest.slice(0, clocked.index)).trim()
  if (!/^(?:[+-]?\d+\s*[a-z]+\s*)*$/.test(parts)) return undefined
  for (const [, amount = '0', unit = ''] of parts.matchAll(/([+-]?\d+)\s*([a-z]+)/g)) {
    const inMonths = monthUnits[unit.replace(/s$/, '')]
    const inTime = timeUnits[unit.replace(/s$/, '')]
    if (inMonths !== undefined) months += BigInt(amount) * inMonths
    else if (inTime !== undefined) microseconds += BigInt(amount) * inTime
    else return undefined
  }
  return { months, microseconds }
}

/** The same time of day some months later, or on the last day of a shorter month. */
export function addMonths(microseconds: bigint, months: bigint): bigint {
  const days = floorDivide(microseconds, day)
  const { year, month, date } = civilFromDays(Number(days))
  const total = year * 12 + month - 1 + Number(months)
  const [y, m] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1]
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate()
  return BigInt(daysFromCivil(y, m, Math.min(date, last)) ?? 0) * day + (microseconds - days * day)
}

const monthUnits: Readonly<Record<string, bigint>> = { year: 12n, mon: 1n, month: 1n, decade: 120n, century: 1200n }
const timeUnits: Readonly<Record<string, bigint>> = {
  week: 7n * day, day, hour, hr: hour, minute: 60n * second, min: 60n * second, second, sec: second,
}

function parseOffset(text: string | undefined): bigint {
  if (text === undefined || text === 'Z') return 0n
  const digits = text.slice(1).replaceAll(':', '').padEnd(6, '0')
  const [hours, minutes, seconds] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)]
  const amount = BigInt(hours) * hour + (BigInt(minutes) * 60n + BigInt(seconds)) * second
  return text.startsWith('-') ? -amount : amount
}

function daysFromCivil(year: number, month: number, date: number): number | undefined {
  const moment = new Date(0)
  moment.setUTCFullYear(year, month - 1, date)
  return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date ? moment.getTime() / 86_400_000 : undefined
}

function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly date: number } {
  const moment = new Date(days * 86_400_000)
  return { year: moment.getUTCFullYear(), month: moment.getUTCMonth() + 1, date: moment.getUTCDate() }
}

function floorDivide(a: bigint, b: bigint): bigint {
  return a % b < 0n ? a / b - 1n : a / b
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
