import { permutation } from '../../random/permutation.ts'
import type { Random } from '../../random/random.ts'
import type { GeneratorInput } from '../generator.ts'
import { hexDigits } from './binary.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'
import { words } from '../vocabulary/words.ts'

/** Version 4: 74 random bits, and 48 bits that are a permutation of the row's number, so no two rows meet. */
const uuid: GeneratorMaker = (input) => {
  const permute = rowBits(input, 2 ** 48)
  return valueGenerator(input, 'type:uuid', (row, random) => uuidText(permute(row.index), random, '4'), {
    distinct: true,
    capacity: 2 ** 48,
    at: (index) => `${hex48(index)}-4000-8000-000000000000`,
  })
}

/** A permutation of row numbers of its own for every column. */
export function rowBits({ seed, model, column }: GeneratorInput, size: number): (row: number) => number {
  return permutation([seed, model, column.name, 'row'], size)
}

/** The first 48 bits of a UUID as given, the others random. */
export function uuidText(bits: number, random: Random, version: string): string {
  const rest = hexDigits(random, 18)
  return `${hex48(bits)}-${version}${rest.slice(0, 3)}-${'89ab'[random.below(4)] ?? '8'}${rest.slice(3, 6)}-${rest.slice(6)}`
}

function hex48(bits: number): string {
  const digits = bits.toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}`
}

/** An array where the default is one, else an object. */
const json: GeneratorMaker = (input) => {
  const isArray = input.column.default?.trimStart().startsWith("'[") === true
  return valueGenerator(
    input,
    'type:json',
    (_, random) => {
      if (isArray) return JSON.stringify(Array.from({ length: random.below(4) }, () => random.pick(words)))
      return JSON.stringify({ [random.pick(words)]: random.pick(words), [`${random.pick(words)}Count`]: random.below(100) })
    },
    { nulls: 0.2 },
  )
}

/** UUIDs and JSON. */
export const structureTypes: GeneratorFamily = { uuid, json, jsonb: json }
