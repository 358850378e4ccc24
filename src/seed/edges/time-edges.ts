const hour = 3_600_000
const day = 24 * hour
const window = 728

/**
 * Moments of the last two years before `now` at which calendars and clocks do what is forgotten: 29 February, the ends
 * of months and years, the hours that daylight saving leaves out and repeats in Berlin and New York.
 */
export function edgeMoments(now: number): readonly number[] {
  const today = Math.floor(now / day) * day
  const days = Array.from({ length: window }, (_, back) => today - (window - back + 1) * day)
  return days.flatMap((start) => {
    const date = new Date(start)
    const [month, dayOfMonth, weekday] = [date.getUTCMonth(), date.getUTCDate(), date.getUTCDay()]
    const isLast = new Date(start + day).getUTCDate() === 1
    return [
      ...(month === 1 && dayOfMonth === 29 ? [start, start + day / 2] : []),
      ...(isLast ? [start + day - 1] : []),
      ...(month === 0 && dayOfMonth === 1 ? [start] : []),
      ...(weekday === 0 ? clockChanges(month, dayOfMonth).map((hours) => start + hours * hour) : []),
    ]
  })
}

/** Hours of a Sunday, in UTC, at which clocks change: Berlin in March and October, New York in March and November. */
function clockChanges(month: number, dayOfMonth: number): readonly number[] {
  if ((month === 2 || month === 9) && dayOfMonth > 24) return [1, 1.5]
  if (month === 2 && dayOfMonth > 7 && dayOfMonth < 15) return [7]
  return month === 10 && dayOfMonth < 8 ? [6] : []
}

const days = '2000-02-29 2024-02-29 2023-12-31 2024-01-01 2025-01-31 1970-01-01 1900-01-01 0001-01-01'.split(' ')
const ahead = ['2038-01-19', '2100-02-28', '9999-12-31']

/**
 * The edge cases of a column of a date or time, by what it holds; what belongs to the life of a row follows from the
 * row's moment.
 */
export function timeEdges(generator: string, baseType: string): readonly string[] {
  if (baseType === 'time') return generator === 'timeOfDay' || generator.startsWith('type:') ? clocks : []
  const dates = datesOf(generator)
  if (baseType === 'date' || dates.length === 0) return dates
  const zone = baseType === 'timestamptz' ? '+00' : ''
  const times = dates.flatMap((date) => [`${date} 00:00:00${zone}`, `${date} 23:59:59.999${zone}`])
  return [...times, zone === '' ? '2025-03-30 02:30:00' : '2025-03-30 01:00:00+00']
}

const clocks = ['00:00:00', '23:59:59.999', '02:30:00', '12:00:00']

function datesOf(generator: string): readonly string[] {
  if (generator === 'birthDate') return [...days.slice(0, 3), '1970-01-01', '1900-01-01']
  if (generator.startsWith('type:')) return [...days, ...ahead]
  return generator === 'expiresAt' ? ahead : []
}
