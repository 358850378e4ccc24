import { rowText } from '../constraints/samplers/container-text.ts'
import type { Generator, GeneratorInput } from './generator.ts'
import { valueGenerator } from './make.ts'

/**
 * A value of a composite type, each attribute filled as a column of its name and type would be.
 * Undefined for a type without attributes. What domains ask of them the caller sees to.
 */
export function compositeOf(
  input: GeneratorInput,
  generatorFor: (input: GeneratorInput) => Generator,
): Generator | undefined {
  const { prisma: _, ...rest } = input
  const { parts, baseType } = input.column
  if (parts.length === 0) return undefined
  // What one attribute says of another is not looked for in the row: it is no column of it.
  const attributes = parts.map((part) => generatorFor({ ...rest, column: part, columns: [] }))
  const after = [...new Set(attributes.flatMap((attribute) => attribute.after))]
  const make: Generator['make'] = (row, random) => rowText(attributes.map((attribute) => attribute.make(row, random)))
  return valueGenerator(input, `type:${baseType}`, make, { after, nulls: 0.1 })
}
