import type { Random } from '../random/random.ts'
import { base36 } from './format/text.ts'
import type { Generator, GeneratorInput, RowView } from './generator.ts'
import { valueGenerator } from './make.ts'
import { rowBits, uuidText } from './types/structures.ts'

/**
 * The identifiers that Prisma's client makes before it writes a row, so the database has no default for them. Each is
 * well-formed, and distinct because it carries a permutation of the row's number; those that carry a time carry the
 * moment of the row.
 */
export function prismaDefault(input: GeneratorInput): Generator | undefined {
  const [, name = '', argument] = /^(\w+)\((\d+)?\)/u.exec(input.prisma?.defaultText ?? '') ?? []
  if (name === 'now') return undefined
  const make = makers[argument === undefined ? name : `${name}(${argument})`] ?? makers[name]
  if (make === undefined) return undefined
  const room = input.column.maxLength
  const write = make(input, Number(argument ?? 21))
  const shortest = [...write({ index: 0, moment: input.now }, zero)].length
  if (room !== undefined && room < shortest) return undefined
  return valueGenerator(input, `prisma:${name}`, (row, random) => write(row, random), {
    distinct: true,
    capacity: name === 'nanoid' ? Math.min(2 ** 41, 64 ** Number(argument ?? 21)) : 2 ** 41,
    at: (index, row) => write({ index, moment: row.moment }, zero),
  })
}

type Row = Pick<RowView, 'index' | 'moment'>
type Writer = (row: Row, random: Random) => string

const makers: Readonly<Record<string, (input: GeneratorInput, length: number) => Writer>> = {
  // 8 random letters and digits at the end: 36^8 is a little more than 2^41.
  'cuid': (input) => {
    const permute = rowBits(input, 2 ** 41)
    return (row, random) =>
      `c${base36(Math.floor(row.moment), 8)}${base36(random.below(36 ** 4), 4)}${base36(random.below(36 ** 4), 4)}` +
      base36(permute(row.index), 8)
  },
  // A letter, then 23 letters and digits.
  'cuid(2)': (input) => {
    const permute = rowBits(input, 2 ** 41)
    return (row, random) =>
      `${letters[random.below(26)] ?? 'a'}${base36(random.below(36 ** 8), 8)}${base36(permute(row.index), 8)}${base36(random.below(36 ** 7), 7)}`
  },
  'uuid': (input) => {
    const permute = rowBits(input, 2 ** 48)
    return (row, random) => uuidText(permute(row.index), random, '4')
  },
  // 48 bits of time; the row's number is in the 62 bits behind.
  'uuid(7)': (input) => {
    const permute = rowBits(input, 2 ** 48)
    return (row, random) => {
      const head = uuidText(Math.floor(row.moment), random, '7')
      return `${head.slice(0, 24)}${permute(row.index).toString(16).padStart(12, '0')}`
    }
  },
  // 48 bits of time in 10 signs, 80 bits in 16: nine of them, 45 bits, hold the row's number.
  'ulid': (input) => {
    const permute = rowBits(input, 2 ** 45)
    return (row, random) =>
      crockford(Math.floor(row.moment), 10) + crockford(random.below(32 ** 7), 7) + crockford(permute(row.index), 9)
  },
  'nanoid': (input, length) => {
    const counted = Math.min(length, 8)
    const permute = rowBits(input, 64 ** counted)
    return (row, random) => {
      let text = digits64(permute(row.index % 64 ** counted), counted)
      while (text.length < length) text += sixtyFour[random.below(64)] ?? ''
      return text
    }
  },
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
const sixtyFour = 'useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict'
const thirtyTwo = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function crockford(value: number, digits: number): string {
  let text = ''
  for (let rest = value, at = 0; at < digits; at++, rest = Math.floor(rest / 32)) text = (thirtyTwo[rest % 32] ?? '') + text
  return text
}

function digits64(value: number, digits: number): string {
  let text = ''
  for (let rest = value, at = 0; at < digits; at++, rest = Math.floor(rest / 64)) text = (sixtyFour[rest % 64] ?? '') + text
  return text
}

const zero: Random = {
  fraction: () => 0,
  below: () => 0,
  belowBig: () => 0n,
  pick: <Value>([value]: readonly Value[]) => value as Value,
}
