import { exponential, hill } from '../../random/distribution.ts'
import type { Random } from '../../random/random.ts'
import { momentOfCell, momentText } from '../format/moment.ts'
import { numberRange, numberText, scaleOf } from '../format/number.ts'
import { roomOf } from '../format/text.ts'
import type { Generator, GeneratorInput, RowView } from '../generator.ts'
import { columnsMeaning, namesMeaning } from '../meanings.ts'
import { type Extras, type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'
import { eventOf, eventRank, hasHappened, statesOf } from '../state-machine.ts'
import { rangeTypes } from '../types/ranges.ts'

const second = 1000
const day = 86_400 * second

/** A moment of the row; `undefined` is NULL where the column allows it, else the row's own moment. */
function momentGenerator(
  input: GeneratorInput,
  name: string,
  find: (row: RowView, random: Random) => number | undefined,
  extras: Extras = {},
): Generator | undefined {
  const { column } = input
  if (column.baseType === 'int2' || roomOf(column) < 24) return undefined
  const write = momentText(column)
  // A type with fewer digits than milliseconds must not fall before what it follows.
  const isCoarse = name !== 'createdAt' && (column.fractionDigits ?? 3) < 3
  const up = (moment: number): number => (isCoarse ? Math.ceil(moment / second) * second : moment)
  const unit = (column.fractionDigits ?? 6) >= 3 && column.baseType !== 'int4' ? 1 : second
  return valueGenerator(
    input,
    name,
    (row, random) => {
      const moment = find(row, random)
      if (moment === undefined) return column.notNull ? write(up(row.moment)) : null
      return write(up(moment))
    },
    {
      // Some time before now, each of them once.
      ...(column.baseType === 'date'
        ? { capacity: 36_500, at: (index: number) => write(input.now - index * day) }
        : { capacity: (730 * day) / unit, at: (index: number) => write(input.now - index * unit) }),
      ...extras,
    },
  )
}

/** Some time after `start`, most of them soon, none after now. */
function later(start: number, now: number, random: Random, mean: number): number {
  const wait = exponential(random.fraction(), mean)
  const room = Math.max(0, now - start - second)
  return Math.floor(start + second + (wait < room ? wait : room * random.fraction()))
}

/** The latest of the row's moment and the cells named. */
function latest(row: RowView, columns: readonly string[]): number {
  let found = row.moment
  for (const column of columns) {
    const moment = momentOfCell(row.cell(column))
    if (moment !== undefined && moment > found) found = moment
  }
  return found
}

const createdAt: GeneratorMaker = (input) => momentGenerator(input, 'createdAt', (row) => row.moment)

/** Never before anything that happened to the row; a third of the rows were never touched again. */
const updatedAt: GeneratorMaker = (input) => {
  const after = namesMeaning(input, 'eventAt', 'lastEventAt')
  return momentGenerator(
    input,
    'updatedAt',
    (row, random) => {
      const reached = latest(row, after)
      return random.fraction() < 0.35 ? reached : later(reached, input.now, random, 20 * day)
    },
    { after },
  )
}

const lastEventAt: GeneratorMaker = (input) =>
  momentGenerator(
    input,
    'lastEventAt',
    (row, random) => row.moment + Math.floor((input.now - row.moment) * (1 - 0.8 * hill(random.fraction(), 1, 3))),
    { nulls: 0.15 },
  )

/** NULL for nearly all; where a state or a flag of the row says that it is gone, for none. */
const deletedAt: GeneratorMaker = (input) => {
  const [state] = columnsMeaning(input, 'status')
  const after = [...namesMeaning(input, 'updatedAt', 'eventAt', 'lastEventAt'), ...(state === undefined ? [] : [state.name])]
  const states = state === undefined ? [] : statesOf(state)
  return momentGenerator(
    input,
    'deletedAt',
    (row, random) => {
      const value = state === undefined ? undefined : (row.cell(state.name) ?? undefined)
      const said = value === undefined ? undefined : hasHappened(eventOf(input.column.name), value, states)
      const isGone = random.fraction() < 0.06
      return (said ?? isGone) ? later(latest(row, after), input.now, random, 30 * day) : undefined
    },
    { after },
  )
}

/** What happens to a row once, in the order in which such things happen, as far as its state says that they have. */
const eventAt: GeneratorMaker = (input) => {
  const event = eventOf(input.column.name)
  const earlier = columnsMeaning(input, 'eventAt')
    .filter((other) => eventRank(eventOf(other.name)) < eventRank(event))
    .map(({ name }) => name)
  const [state] = columnsMeaning(input, 'status')
  const states = state === undefined ? [] : statesOf(state)
  return momentGenerator(
    input,
    'eventAt',
    (row, random) => {
      const value = state === undefined ? undefined : (row.cell(state.name) ?? undefined)
      const said = value === undefined ? undefined : hasHappened(event, value, states)
      const chance = random.fraction() < 0.65
      // Without a word from the state, nothing happens that was to follow what has not.
      const isOpen = said === undefined && earlier.some((column) => row.cell(column) === null)
      return (said ?? (chance && !isOpen)) ? later(latest(row, earlier), input.now, random, 2 * day) : undefined
    },
    { after: [...earlier, ...(state === undefined ? [] : [state.name])] },
  )
}

/** Around the moment of the row: some weeks ahead, midnight where the column is a date. */
const startsAt: GeneratorMaker = (input) =>
  momentGenerator(input, 'startsAt', (row, random) => Math.ceil((row.moment + exponential(random.fraction(), 14 * day)) / 900_000) * 900_000)

/** After the start of the same row; now and then open-ended. */
const endsAt: GeneratorMaker = (input) => {
  const starts = columnsMeaning(input, 'startsAt')
  const stem = stemOf(input.column.name)
  const start = (starts.find(({ name }) => stemOf(name) === stem) ?? starts[0])?.name
  const isDate = input.column.baseType === 'date'
  return momentGenerator(
    input,
    'endsAt',
    (row, random) => {
      const from = (start === undefined ? undefined : momentOfCell(row.cell(start))) ?? row.moment
      const unit = isDate ? day : 900_000
      return from + Math.max(1, Math.ceil(exponential(random.fraction(), isDate ? 20 : 8))) * unit
    },
    { after: start === undefined ? [] : [start], nulls: 0.15 },
  )
}

function stemOf(name: string): string {
  return name.toLowerCase().replace(/starts?|ends?|from|to|until|check|in|out|begins?|finish|_/gu, '')
}

const plans = [1, 7, 14, 30, 30, 90, 365]

/** The length of a plan after the row's moment, or after its start. */
const expiresAt: GeneratorMaker = (input) => {
  const after = namesMeaning(input, 'startsAt').slice(0, 1)
  return momentGenerator(input, 'expiresAt', (row, random) => latest(row, after) + random.pick(plans) * day, { after, nulls: 0.2 })
}

const expiresEpoch: GeneratorMaker = (input) => {
  if (/in$/iu.test(input.column.name)) return valueGenerator(input, 'expiresEpoch', () => '3600', { nulls: 0.1 })
  return momentGenerator(input, 'expiresEpoch', (row, random) => row.moment + random.pick(plans) * day, { nulls: 0.1 })
}

const period: GeneratorMaker = (input) => rangeTypes[input.column.baseType]?.(input)

const duration: GeneratorMaker = (input) => {
  if (input.column.baseType === 'interval') {
    return valueGenerator(input, 'duration', (_, random) => `${Math.ceil(exponential(random.fraction(), 45))} minutes`, { nulls: 0.1 })
  }
  const write = numberText(input.column, 2)
  const { max } = numberRange(input.column)
  const mean = Math.min(600, max / 20)
  const unit = 10 ** scaleOf(input.column, 2)
  return valueGenerator(input, 'duration', (_, random) => write(Math.min(max, 1 + exponential(random.fraction(), mean))), {
    nulls: 0.1,
    capacity: Math.max(1, Math.min(Math.floor(max * unit), 1e9)),
    at: (index) => write((index + 1) / unit),
  })
}

const timeOfDay: GeneratorMaker = (input) => {
  const write = momentText(input.column)
  const from = /clos|end/iu.test(input.column.name) ? 68 : 28
  return valueGenerator(input, 'timeOfDay', (_, random) => write((from + random.below(20)) * 900_000))
}

const year: GeneratorMaker = (input) => {
  const current = new Date(input.now).getUTCFullYear()
  return valueGenerator(input, 'year', (_, random) => String(current - Math.floor(exponential(random.fraction(), 6))), {
    nulls: 0.1, capacity: 2000, at: (index) => String(current - index),
  })
}

/** When something was or will be; all times of a row are in the order of what they say. */
export const timeGenerators: GeneratorFamily = {
  createdAt, updatedAt, lastEventAt, deletedAt, eventAt, startsAt, endsAt, expiresAt, expiresEpoch, period, duration,
  timeOfDay, year,
}
