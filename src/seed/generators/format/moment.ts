import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import type { Cell } from '../../cell.ts'

const day = 86_400_000
const three = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))
const two = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

/** Writes a moment (milliseconds since 1970) as the column's type does, in UTC; fractions that it lacks are cut off. */
export function momentText(column: Pick<ColumnFacts, 'baseType' | 'fractionDigits'>): (moment: number) => string {
  const { baseType } = column
  const digits = Math.min(3, column.fractionDigits ?? 3)
  if (baseType === 'date') return (moment) => dayText(Math.floor(moment / day))
  if (baseType === 'time' || baseType === 'timetz') {
    const zone = baseType === 'timetz' ? '+00' : ''
    return (moment) => `${clockText(moment - Math.floor(moment / day) * day, digits)}${zone}`
  }
  // Numbers are seconds where they must fit 32 bits, as Date.now() gives them where they need not.
  if (baseType === 'int2') return (moment) => String(Math.floor(moment / day))
  if (baseType === 'int4') return (moment) => String(Math.floor(moment / 1000))
  if (baseType === 'int8' || baseType === 'numeric' || baseType === 'float8') return (moment) => String(Math.floor(moment))
  const isText = baseType !== 'timestamp' && baseType !== 'timestamptz'
  const zone = isText ? 'Z' : baseType === 'timestamptz' ? '+00' : ''
  const between = isText ? 'T' : ' '
  return (moment) => {
    const date = Math.floor(moment / day)
    return `${dayText(date)}${between}${clockText(moment - date * day, digits)}${zone}`
  }
}

/** Rows fall on few days: each is written once. */
const days: (string | undefined)[] = new Array<undefined>(40_000).fill(undefined)

function dayText(date: number): string {
  if (!(date >= 0 && date < days.length)) return writtenDay(date)
  return (days[date] ??= writtenDay(date))
}

/** `2026-02-28` of the days since 1970-01-01 (Howard Hinnant's days_from_civil, backwards). */
function writtenDay(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const ofMonth = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year < 1000 ? String(year).padStart(4, '0') : year}-${two[month] ?? ''}-${two[ofMonth] ?? ''}`
}

function clockText(ofDay: number, digits: number): string {
  const whole = ofDay | 0
  const seconds = (whole / 1000) | 0
  const minutes = (seconds / 60) | 0
  const clock = `${two[(minutes / 60) | 0] ?? ''}:${two[minutes % 60] ?? ''}:${two[seconds % 60] ?? ''}`
  if (digits === 0) return clock
  const fraction = three[whole % 1000] ?? ''
  return `${clock}.${digits === 3 ? fraction : fraction.slice(0, digits)}`
}

/** The moment that a cell of the same row says, whatever type it has; undefined for NULL and for what is no moment. */
export function momentOfCell(cell: Cell | undefined): number | undefined {
  if (cell === null || cell === undefined) return undefined
  if (/^-?\d+$/u.test(cell)) {
    const number = Number(cell)
    return Math.abs(number) < 40_000 ? number * day : Math.abs(number) < 1e11 ? number * 1000 : number
  }
  const parsed = Date.parse(
    cell.length === 10 ? cell : `${cell.slice(0, 10)}T${cell.slice(11).replace(/(?:\+00|Z)$/u, '')}Z`,
  )
  return Number.isNaN(parsed) ? undefined : parsed
}
