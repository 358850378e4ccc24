import type { Random } from '../../random/random.ts'
import type { RowView } from '../generator.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'
import { typeGenerators } from '../list-types.ts'
import { words } from '../vocabulary/words.ts'

/** A small document as the column's name suggests: settings, changes, answers of a service; nothing personal in any. */
const json: GeneratorMaker = (input) => {
  if (input.column.default?.trimStart().startsWith("'[") === true) return typeGenerators[input.column.baseType]?.(input)
  const write = shapes.find(([name]) => name.test(input.column.name))?.[1] ?? plain
  return valueGenerator(input, 'json', write, { nulls: 0.15 })
}

type Shape = (row: RowView, random: Random) => string

const truth = (random: Random): string => (random.fraction() < 0.5 ? 'true' : 'false')

const settings: Shape = (_, random) =>
  `{"theme":"${random.pick(['light', 'dark', 'system'])}","notifications":${truth(random)},"pageSize":${random.pick([10, 25, 50, 100])}}`

const changes: Shape = (_, random) => {
  const field = random.pick(['status', 'position', 'title', 'priority'])
  return `{"${field}":{"from":"${random.pick(words)}","to":"${random.pick(words)}"}}`
}

const response: Shape = (_, random) =>
  `{"ok":${truth(random)},"code":${random.pick([200, 201, 400, 404, 500])},"attempt":${1 + random.below(3)}}`

const attributes: Shape = (_, random) =>
  `{"color":"${random.pick(['red', 'blue', 'green', 'black', 'white'])}","size":"${random.pick(['S', 'M', 'L', 'XL'])}","lot":${random.below(1000)}}`

const plain: Shape = (_, random) => `{"${random.pick(words)}":"${random.pick(words)}","count":${random.below(100)},"flag":${truth(random)}}`

const shapes: readonly (readonly [RegExp, Shape])[] = [
  [/setting|config|preference|option/iu, settings],
  [/change|diff/iu, changes],
  [/response|result|output|info/iu, response],
  [/attribute|propert|extra|custom/iu, attributes],
]

/** JSON documents. */
export const jsonGenerators: GeneratorFamily = { json }
