import type { Random } from '../../random/random.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'

const coordinate = (random: Random): string => (Math.round((random.fraction() - 0.5) * 20_000) / 100).toString()
const point = (random: Random): string => `(${coordinate(random)},${coordinate(random)})`

/** A shape that is put together from points; one point counts it off. */
function shape(write: (corners: readonly string[]) => string): GeneratorMaker {
  return (input) =>
    valueGenerator(
      input,
      `type:${input.column.baseType}`,
      (_, random) => {
        const [x, y] = [random.below(200) - 100, random.below(200) - 100]
        return write([`(${x},${y})`, `(${x + 1 + random.below(9)},${y + 1 + random.below(9)})`, `(${x},${y + 10})`])
      },
      { nulls: 0.2 },
    )
}

const places: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:point', (_, random) => point(random), {
    nulls: 0.2,
    capacity: 100_000_000,
    at: (index) => `(${index % 10_000},${Math.floor(index / 10_000)})`,
  })

/** A vector of length 1 in as many dimensions as the type says. */
const vector: GeneratorMaker = (input) => {
  const dimensions = Math.min(16_000, Number(/\((\d+)\)/u.exec(input.column.type)?.[1] ?? 3))
  return valueGenerator(input, 'vector', (_, random) => {
    const parts = Array.from({ length: dimensions }, () => random.fraction() - 0.5)
    const length = Math.sqrt(parts.reduce((sum, part) => sum + part * part, 0)) || 1
    return `[${parts.map((part) => (part / length).toFixed(5)).join(',')}]`
  })
}

/** Points, lines, areas and vectors. */
export const shapeTypes: GeneratorFamily = {
  point: places,
  line: shape(([a = '', b = '']) => `[${a},${b}]`),
  lseg: shape(([a = '', b = '']) => `[${a},${b}]`),
  box: shape(([a = '', b = '']) => `${a},${b}`),
  path: shape((corners) => `[${corners.join(',')}]`),
  polygon: shape((corners) => `(${corners.join(',')})`),
  circle: shape(([a = '']) => `<${a},5>`),
  vector,
  halfvec: vector,
  geometry: (input) => valueGenerator(input, 'type:geometry', (row) => `SRID=4326;POINT(${row.address.longitude} ${row.address.latitude})`),
  geography: (input) => valueGenerator(input, 'type:geography', (row) => `SRID=4326;POINT(${row.address.longitude} ${row.address.latitude})`),
}
