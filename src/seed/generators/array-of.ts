import { negativeBinomial } from '../random/distribution.ts'
import { arrayText } from './format/text.ts'
import type { Generator, GeneratorInput } from './generator.ts'
import { valueGenerator } from './make.ts'

/** A few elements of the same kind; none is as good as NULL. */
export function arrayOf(input: GeneratorInput, element: Generator): Generator {
  const { name, after, at, capacity } = element
  return valueGenerator(
    input,
    name,
    (row, random) => {
      const size = Math.min(8, negativeBinomial(random.fraction(), 2, 2))
      const elements = new Set(Array.from({ length: size }, () => element.make(row, random)))
      return arrayText([...elements])
    },
    {
      after,
      nulls: 0.1,
      // One element each is enough to be distinct.
      ...(at !== undefined && capacity !== undefined && { capacity, at: (index, row) => arrayText([at(index, row)]) }),
    },
  )
}
