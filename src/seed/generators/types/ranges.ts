import { exponential } from '../../random/distribution.ts'
import type { Generator, GeneratorInput } from '../generator.ts'
import { momentText } from '../format/moment.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'

const hour = 3_600_000
const day = 24 * hour

/** `[from,to)`; counted off, no two overlap, so an exclusion constraint is content with them as well. */
function numberRanges(step: number): GeneratorMaker {
  return (input) =>
    ranges(input, (random) => {
      const from = random.below(1000) * step
      return [String(from), String(from + step + random.below(20) * step)]
    }, 100_000_000, (index) => [String(index * step), String((index + 1) * step)])
}

function timeRanges(type: 'date' | 'timestamp' | 'timestamptz', unit: number, capacity: number): GeneratorMaker {
  return (input) => {
    const write = momentText({ baseType: type, fractionDigits: 0 })
    const first = Math.floor(input.now / day) * day
    return ranges(
      input,
      (random, moment) => {
        const from = Math.ceil((moment + exponential(random.fraction(), 10 * unit)) / unit) * unit
        return [write(from), write(from + unit * (1 + Math.floor(exponential(random.fraction(), 3))))]
      },
      capacity,
      // Before and after now by turns, so that the first ones lie around it.
      (index) => {
        const steps = index % 2 === 0 ? index / 2 : -(index + 1) / 2
        return [write(first + steps * unit), write(first + (steps + 1) * unit)]
      },
    )
  }
}

type Ends = readonly [from: string, to: string]

function ranges(
  input: GeneratorInput,
  draw: (random: Parameters<Generator['make']>[1], moment: number) => Ends,
  capacity: number,
  at: (index: number) => Ends,
): Generator {
  const isMulti = input.column.kind === 'multirange'
  const write = ([from, to]: Ends): string => (isMulti ? `{["${from}","${to}")}` : `["${from}","${to}")`)
  return valueGenerator(input, `type:${input.column.baseType}`, (row, random) => write(draw(random, row.moment)), {
    nulls: 0.1,
    capacity,
    at: (index) => write(at(index)),
  })
}

/** Ranges and multiranges of PostgreSQL's own types. */
export const rangeTypes: GeneratorFamily = {
  int4range: numberRanges(1),
  int8range: numberRanges(1),
  numrange: numberRanges(1),
  daterange: timeRanges('date', day, 1_000_000),
  tsrange: timeRanges('timestamp', hour, 20_000_000),
  tstzrange: timeRanges('timestamptz', hour, 20_000_000),
  int4multirange: numberRanges(1),
  int8multirange: numberRanges(1),
  nummultirange: numberRanges(1),
  datemultirange: timeRanges('date', day, 1_000_000),
  tsmultirange: timeRanges('timestamp', hour, 20_000_000),
  tstzmultirange: timeRanges('timestamptz', hour, 20_000_000),
}
