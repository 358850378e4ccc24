import { classifyOnce } from '../classify/classify-once.ts'
import { arrayOf } from './array-of.ts'
import { compositeOf } from './composite-of.ts'
import type { Generator, GeneratorInput } from './generator.ts'
import { semanticGenerators } from './list.ts'
import { typeGenerators } from './list-types.ts'
import { type GeneratorMaker, valueGenerator } from './make.ts'
import { confidentMeaning } from './meanings.ts'
import { enumGenerator } from './families/states.ts'
import { prismaDefault } from './prisma-default.ts'

/**
 * What fills a column: a default that Prisma's client would make, else what the classifier recognises, else what its
 * type allows. Every column of every schema gets one; of a type that nobody knows it is NULL.
 */
export function generatorFor(input: GeneratorInput): Generator {
  if (input.column.arrayDimensions > 0) {
    return arrayOf(input, generatorFor({ ...input, column: { ...input.column, arrayDimensions: 0, notNull: true } }))
  }
  const found = prismaDefault(input) ?? bySchemaStatement(input) ?? byMeaning(input) ?? byType(input)
  return found ?? valueGenerator(input, 'unknown', () => null)
}

function bySchemaStatement(input: GeneratorInput): Generator | undefined {
  if (input.prisma?.isUpdatedAt === true) return semanticGenerators['updatedAt']?.(input)
  return undefined
}

function byMeaning(input: GeneratorInput): Generator | undefined {
  const { documentation } = input.prisma ?? {}
  const column = { ...input.column, ...(documentation !== undefined && { documentation }) }
  const meaning = confidentMeaning(classifyOnce(column, input.model))
  const maker: GeneratorMaker | undefined = meaning === undefined ? undefined : semanticGenerators[meaning]
  if (input.column.enumLabels !== undefined && meaning !== 'status') return enumGenerator(input)
  return maker?.(input)
}

function byType(input: GeneratorInput): Generator | undefined {
  if (input.column.enumLabels !== undefined) return enumGenerator(input)
  if (input.column.kind === 'composite') return compositeOf(input, generatorFor)
  return typeGenerators[input.column.baseType]?.(input)
}
