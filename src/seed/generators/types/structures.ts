import { permutation } from '../../random/permutation.ts'
import type { Random } from '../../random/random.ts'
import type { GeneratorInput } from '../generator.ts'
import { hex16, hex32 } from './binary.ts'
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
export function uuidText(bits: number, random: Random, version: '4' | '7'): string {
  const word = random.below(twoTo32)
  const versioned = (version === '4' ? 0x4000 : 0x7000) | (word >>> 20)
  const variant = 0x8000 | (word & 0x3fff)
  return `${hex48(bits)}-${hex16(versioned)}-${hex16(variant)}-${hex32(random.below(twoTo32))}${hex16(random.below(65_536))}`
}

function hex48(bits: number): string {
  const high = Math.floor(bits / 65_536)
  return `${hex32(high)}-${hex16(bits & 65_535)}`
}

const twoTo32 = 2 ** 32

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
