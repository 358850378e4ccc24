import { hill, logNormal, negativeBinomial, zipf } from '../../random/distribution.ts'
import { numberRange, numberText, scaleOf } from '../format/number.ts'
import { type Extras, type GeneratorFamily, type GeneratorMaker, textGenerator, valueGenerator } from '../make.ts'
import { namesMeaning } from '../meanings.ts'

/** A number that one fraction decides, inside the column's range; counted off from 1 where it must be distinct. */
function number(name: string, draw: (fraction: number, max: number) => number, extras: Extras = {}): GeneratorMaker {
  return (input) => {
    const write = numberText(input.column, 2)
    const { max } = numberRange(input.column)
    const unit = 10 ** scaleOf(input.column, 2)
    return valueGenerator(input, name, (_, random) => write(draw(random.fraction(), max)), {
      nulls: 0.05,
      capacity: Math.max(1, Math.min(Math.floor(max * unit), 1e12)),
      at: (index) => write((index + 1) / unit),
      ...extras,
    })
  }
}

/** Ordered and stored things are at least one; what is counted of them may be none. */
const count: GeneratorMaker = (input) => {
  const isLarge = /view|hit|download|impression|token|width|height|length|weight|size|volume|distance/iu.test(input.column.name)
  const least = /quantity|qty|seat|limit|max|unit|bed|room|page|guest|capacity|width|height|length/iu.test(input.column.name) ? 1 : 0
  if (isLarge) return number('count', (fraction, max) => Math.min(max, least + Math.floor(logNormal(fraction, 200, 1.2))))(input)
  return number('count', (fraction, max) => Math.min(max, least + negativeBinomial(fraction, 3, 0.8)))(input)
}

/** Of 100, unless the column holds less than that. */
const percent: GeneratorMaker = number('percent', (fraction, max) => {
  const top = Math.min(100, max)
  // A third is none at all, as discounts are.
  if (fraction < 0.33) return 0
  const share = hill((fraction - 0.33) / 0.67, 1.2, 3)
  return top <= 1 ? share * top : Math.min(top, Math.ceil((share * top) / 5) * 5)
})

const rating: GeneratorMaker = number('rating', (fraction, max) => Math.min(max, 1 + 4 * hill(fraction, 3, 1.2)))

/** Rows of a table are numbered as they come; a composite key puts each parent's in order. */
const position: GeneratorMaker = (input) => {
  const { max } = numberRange(input.column)
  const limit = Math.min(max, 100)
  return valueGenerator(input, 'position', (row) => String(row.index % limit), { capacity: max, at: (index) => String(index) })
}

/** More for rows that were changed. */
const version: GeneratorMaker = (input) => {
  const { max } = numberRange(input.column)
  return valueGenerator(input, 'version', (_, random) => String(Math.min(max, 1 + negativeBinomial(random.fraction(), 1.5, 1))), {
    capacity: max, at: (index) => String(index + 1),
  })
}

const versionText: GeneratorMaker = (input) =>
  textGenerator(input, 'versionText', (_, random) => `${1 + random.below(5)}.${random.below(20)}.${random.below(10)}`, {
    nulls: 0.1,
    capacity: 1_000_000_000,
    at: (index) => `${1 + Math.floor(index / 1_000_000)}.${Math.floor(index / 1000) % 1000}.${index % 1000}`,
  })

const statusCode: GeneratorMaker = (input) => {
  const codes = [200, 200, 200, 200, 200, 200, 201, 204, 301, 304, 400, 401, 403, 404, 404, 500]
  return valueGenerator(input, 'statusCode', (_, random) => String(random.pick(codes)), { nulls: 0.05 })
}

/** A truth of a share of the rows. */
function truth(name: string, share: number): GeneratorMaker {
  return (input) =>
    valueGenerator(input, name, (_, random) => (random.fraction() < share ? 't' : 'f'), { capacity: 2, at: (index) => (index === 0 ? 'f' : 't') })
}

/** True of few; of deleted rows as the time of the deletion says. */
const blocked: GeneratorMaker = (input) => {
  const times = /delete|archive|remove/iu.test(input.column.name) ? namesMeaning(input, 'deletedAt').slice(0, 1) : []
  const [time] = times
  if (time === undefined) return truth('blocked', 0.1)(input)
  return valueGenerator(input, 'blocked', (row) => (row.cell(time) === null ? 'f' : 't'), { after: times })
}

/** How many, how much, in which order; and what is so or not. */
export const numberGenerators: GeneratorFamily = {
  count, percent, rating, position, version, versionText, statusCode, blocked,
  measure: number('measure', (fraction, max) => Math.min(max, logNormal(fraction, Math.min(20, max / 20), 0.8))),
  ratio: number('ratio', (fraction) => hill(fraction, 2, 2)),
  score: number('score', (fraction, max) => Math.min(max, max < 1.5 ? hill(fraction, 2, 2) : 100 * hill(fraction, 2, 2))),
  byteSize: number('byteSize', (fraction, max) => Math.min(max, Math.floor(logNormal(fraction, Math.min(200_000, max / 50), 2)))),
  port: number('port', (fraction, max) => Math.min(max, [443, 80, 8080, 5432, 3000, 6379, 22, 8443][zipf(fraction, 8)] ?? 443), {}),
  active: truth('active', 0.85),
  flag: truth('flag', 0.4),
}
