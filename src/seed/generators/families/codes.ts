import { base36, roomOf } from '../format/text.ts'
import { wordsOf } from '../../classify/words.ts'
import { codes, listed, type Phrases } from '../count-phrases.ts'
import { type GeneratorFamily, type GeneratorMaker, phraseGenerator, textGenerator, valueGenerator } from '../make.ts'
import { hexDigits } from '../types/binary.ts'
import { typeGenerators } from '../list-types.ts'
import { words } from '../vocabulary/words.ts'

/** A prefix that says what it is, and eight letters and digits: `ORD-0K3F9Q2A`. */
const reference: GeneratorMaker = (input) => {
  const room = roomOf(input.column)
  const noun = (wordsOf(input.model.split('.').at(-1) ?? '').at(-1) ?? 'ref').slice(0, 3).toUpperCase()
  const width = 8
  if (room < width + 4) {
    const counted = codes(room)
    const write = (index: number): string => counted.at(index).toUpperCase()
    return valueGenerator(input, 'reference', (_, random) => write(random.below(counted.capacity)), { nulls: 0.1, capacity: counted.capacity, at: write })
  }
  const write = (index: number): string => `${noun}-${base36(index, width).toUpperCase()}`
  return valueGenerator(input, 'reference', (_, random) => write(random.below(36 ** width)), { nulls: 0.1, capacity: 36 ** width, at: write })
}

/** Letters for the kind, digits for the thing. */
const sku: GeneratorMaker = (input) => {
  if (roomOf(input.column) < 11) return reference(input)
  const write = (index: number): string => {
    const kind = Math.floor(index / 10_000_000)
    return `${(words[kind % words.length] ?? 'sku').slice(0, 3).toUpperCase().padEnd(3, 'X')}-${String(index % 10_000_000).padStart(7, '0')}`
  }
  const kinds = Math.min(50, new Set(words.map((word) => word.slice(0, 3))).size)
  return valueGenerator(input, 'sku', (_, random) => write(random.below(kinds * 10_000_000)), { nulls: 0.1, capacity: 10_000_000, at: write })
}

/** Thirteen digits with a valid check digit; the prefix 290 to 299 is for use inside a shop. */
const barcode: GeneratorMaker = (input) => thirteen('barcode', '29')(input)

/** The last group number there can be, far from those in use. */
const isbn: GeneratorMaker = (input) => thirteen('isbn', '97899999')(input)

function thirteen(name: string, prefix: string): GeneratorMaker {
  const width = 12 - prefix.length
  const write = (index: number): string => {
    const head = prefix + String(index).padStart(width, '0')
    const sum = head.split('').reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
    return `${head}${(10 - (sum % 10)) % 10}`
  }
  const capacity = 10 ** width
  return (input) =>
    roomOf(input.column) < 13
      ? reference(input)
      : valueGenerator(input, name, (_, random) => write(random.below(capacity)), { nulls: 0.1, capacity, at: write })
}

const hash: GeneratorMaker = (input) => {
  const isBytes = input.column.baseType === 'bytea'
  const usual = /md/iu.test(input.column.name) ? 32 : /commit|sha_?1$/iu.test(input.column.name) ? 40 : 64
  const width = Math.min(usual, roomOf(input.column))
  const prefix = isBytes ? '\\x' : ''
  const counted = Math.min(width, 13)
  return valueGenerator(input, 'hash', (_, random) => prefix + hexDigits(random, width), {
    nulls: 0.1,
    capacity: 16 ** counted,
    at: (index) => `${prefix}${(index * 1).toString(16).padStart(counted, '0')}${'0'.repeat(width - counted)}`,
  })
}

/** A key that the application makes: of its type, distinct. */
const key: GeneratorMaker = (input) => {
  if (input.column.baseType !== 'text' && input.column.baseType !== 'varchar' && input.column.baseType !== 'bpchar') {
    return typeGenerators[input.column.baseType]?.(input)
  }
  const room = roomOf(input.column)
  if (room < 12) return reference(input)
  const width = Math.min(24, room)
  return valueGenerator(input, 'key', (_, random) => hexDigits(random, width), {
    capacity: 2 ** 44, at: (index) => index.toString(16).padStart(width, '0'),
  })
}

const color: GeneratorMaker = (input) => {
  const write = (index: number): string => `#${index.toString(16).padStart(6, '0')}`
  if (roomOf(input.column) < 7) return undefined
  return valueGenerator(input, 'color', (_, random) => write(random.below(2 ** 24)), { nulls: 0.2, capacity: 2 ** 24, at: write })
}

/** One of a closed list. */
function oneOf(name: string, values: string, nulls = 0.1): GeneratorMaker {
  const list = values.split(' ')
  return (input) => textGenerator(input, name, (_, random) => random.pick(list), { nulls })
}

const extensions = ['pdf', 'png', 'csv', 'txt', 'docx', 'jpg']

const files: Phrases = {
  size: words.length * words.length,
  at: (index) =>
    `${words[Math.floor(index / words.length)] ?? ''}-${words[index % words.length] ?? ''}.${extensions[index % extensions.length] ?? 'txt'}`,
}

const fileName: GeneratorMaker = (input) => phraseGenerator(input, 'fileName', files, { join: '-' })

const folders = listed(words.slice(0, 40))

const filePath: GeneratorMaker = (input) =>
  phraseGenerator(input, 'filePath', { size: folders.size * files.size, at: (index) => `/${folders.at(index % folders.size)}/${files.at(Math.floor(index / folders.size))}` }, { join: '-' })

/** Codes, keys, files and what programs write. */
export const codeGenerators: GeneratorFamily = {
  reference, sku, barcode, isbn, hash, key, color, fileName, filePath,
  vector: (input) => typeGenerators[input.column.baseType]?.(input),
  emoji: oneOf('emoji', '👍 🎉 ✅ ❤️ 🚀 👀 😀'),
  icon: oneOf('icon', 'star bell folder user tag cog inbox flag'),
  mimeType: oneOf('mimeType', 'application/pdf image/png image/jpeg text/plain text/csv application/json'),
  fileExtension: oneOf('fileExtension', extensions.join(' ')),
  cron: (input) => textGenerator(input, 'cron', (_, random) => `${random.below(60)} ${random.below(24)} * * *`, { nulls: 0.1 }),
}
