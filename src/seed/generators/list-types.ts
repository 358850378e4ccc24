import { binaryTypes } from './types/binary.ts'
import { networkTypes } from './types/network.ts'
import { numberTypes } from './types/numbers.ts'
import { rangeTypes } from './types/ranges.ts'
import { shapeTypes } from './types/shapes.ts'
import { structureTypes } from './types/structures.ts'
import { textTypes } from './types/texts.ts'
import { timeTypes } from './types/times.ts'
import type { GeneratorFamily } from './make.ts'

/** What fills a column of a type when its name says nothing, by the type's name in the catalog. */
export const typeGenerators: GeneratorFamily = {
  ...binaryTypes,
  ...networkTypes,
  ...numberTypes,
  ...rangeTypes,
  ...shapeTypes,
  ...structureTypes,
  ...textTypes,
  ...timeTypes,
}
