import { exponential } from '../../random/distribution.ts'
import { momentText } from '../format/moment.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'

const day = 86_400_000

/** Days of a hundred years until now, for columns that must be distinct. */
const date: GeneratorMaker = (input) => {
  const write = momentText(input.column)
  return valueGenerator(input, 'type:date', (row, random) => write(row.moment - exponential(random.fraction(), 30 * day)), {
    nulls: 0.2,
    capacity: 36_500,
    at: (index) => write(input.now - index * day),
  })
}

const timestamp: GeneratorMaker = (input) => {
  const write = momentText(input.column)
  const unit = (input.column.fractionDigits ?? 6) >= 3 ? 1 : 1000
  const span = 730 * day
  return valueGenerator(
    input,
    `type:${input.column.baseType}`,
    (row, random) => write(row.moment + random.fraction() * (input.now - row.moment)),
    { nulls: 0.2, capacity: span / unit, at: (index) => write(input.now - index * unit) },
  )
}

const time: GeneratorMaker = (input) => {
  const write = momentText(input.column)
  // Opening hours, by the quarter.
  return valueGenerator(input, `type:${input.column.baseType}`, (_, random) => write((28 + random.below(49)) * 900_000), {
    nulls: 0.2,
    capacity: 86_400,
    at: (index) => write(index * 1000),
  })
}

const interval: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:interval', (_, random) => minutes(Math.ceil(exponential(random.fraction(), 600))), {
    nulls: 0.2,
    capacity: 10_000_000,
    at: (index) => minutes(index + 1),
  })

function minutes(count: number): string {
  return `${Math.floor(count / 60)}:${String(count % 60).padStart(2, '0')}:00`
}

/** Times of columns whose meaning nobody knows. */
export const timeTypes: GeneratorFamily = {
  date, timestamp, timestamptz: timestamp, time, timetz: time, interval,
}
