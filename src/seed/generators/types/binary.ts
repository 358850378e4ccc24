import type { Random } from '../../random/random.ts'
import { base36 } from '../format/text.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'

const twoTo32 = 2 ** 32

/** Two hexadecimal digits of every byte. */
const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The eight hexadecimal digits of 32 bits. */
export function hex32(word: number): string {
  return pair(word >>> 24) + pair((word >>> 16) & 255) + pair((word >>> 8) & 255) + pair(word & 255)
}

/** The four hexadecimal digits of 16 bits. */
export function hex16(word: number): string {
  return pair((word >>> 8) & 255) + pair(word & 255)
}

function pair(byte: number): string {
  return pairs[byte] ?? ''
}

/** Random hexadecimal digits, eight a draw. */
export function hexDigits(random: Random, digits: number): string {
  let text = ''
  while (text.length + 8 <= digits) text += hex32(random.below(twoTo32))
  return text.length === digits ? text : text + hex32(random.below(twoTo32)).slice(0, digits - text.length)
}

const bytes: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:bytea', (_, random) => `\\x${hexDigits(random, 16 + 2 * random.below(25))}`, {
    nulls: 0.2,
    capacity: 2 ** 52,
    at: (index) => `\\x${index.toString(16).padStart(16, '0')}`,
  })

const bits: GeneratorMaker = (input) => {
  const { baseType, maxLength } = input.column
  const width = maxLength ?? (baseType === 'bit' ? 1 : 16)
  const counted = Math.min(width, 40)
  const write = (index: number): string => index.toString(2).padStart(counted, '0').padStart(width, '0')
  return valueGenerator(input, `type:${baseType}`, (_, random) => write(random.below(2 ** counted)), {
    nulls: 0.2,
    capacity: 2 ** counted,
    at: write,
  })
}

const logPosition: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:pg_lsn', (_, random) => `0/${random.below(twoTo32).toString(16).toUpperCase()}`, {
    nulls: 0.2,
    capacity: twoTo32,
    at: (index) => `0/${index.toString(16).toUpperCase()}`,
  })

const xml: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:xml', (_, random) => `<entry id="${base36(random.below(36 ** 6), 6)}"/>`, {
    nulls: 0.2,
  })

/** Bytes, bits and what programs write. */
export const binaryTypes: GeneratorFamily = { bytea: bytes, bit: bits, varbit: bits, pg_lsn: logPosition, xml }
