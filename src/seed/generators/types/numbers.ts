import { logNormal, zipf } from '../../random/distribution.ts'
import { numberRange, numberText, scaleOf } from '../format/number.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'

const integer: GeneratorMaker = (input) => {
  const { max } = numberRange(input.column)
  const capacity = Math.min(max, Number.MAX_SAFE_INTEGER - 1)
  const limit = Math.min(1000, max)
  return valueGenerator(input, `type:${input.column.baseType}`, (_, random) => String(zipf(random.fraction(), limit, 0.7)), {
    nulls: 0.2,
    capacity,
    at: (index) => String(index + 1),
  })
}

const decimal: GeneratorMaker = (input) => {
  const write = numberText(input.column, 2)
  const unit = 10 ** scaleOf(input.column, 2)
  const { max } = numberRange(input.column)
  const median = Math.min(50, max / 4)
  const name = `type:${input.column.baseType}`
  return valueGenerator(input, name, (_, random) => write(logNormal(random.fraction(), median, 1)), {
    nulls: 0.2,
    capacity: Math.max(1, Math.min(Math.floor(max * unit), 2 ** 52)),
    at: (index) => write(index / unit),
  })
}

/** `money` is written with a currency sign that depends on the server; a plain number is read by all of them. */
const money: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:money', (_, random) => logNormal(random.fraction(), 50, 1).toFixed(2), {
    nulls: 0.2,
    capacity: 1_000_000_000,
    at: (index) => (index / 100).toFixed(2),
  })

const oid: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:oid', (_, random) => String(16_384 + random.below(1_000_000)), {
    nulls: 0.2,
    capacity: 2 ** 32 - 16_384,
    at: (index) => String(16_384 + index),
  })

const boolean: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:bool', (_, random) => (random.fraction() < 0.5 ? 't' : 'f'), {
    nulls: 0.1,
    capacity: 2,
    at: (index) => (index === 0 ? 'f' : 't'),
  })

/** Numbers and truth values of columns whose meaning nobody knows. */
export const numberTypes: GeneratorFamily = {
  int2: integer, int4: integer, int8: integer, numeric: decimal, float4: decimal, float8: decimal, money, oid,
  bool: boolean,
}
