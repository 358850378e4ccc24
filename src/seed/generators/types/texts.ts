import { roomOf } from '../format/text.ts'
import { codes, listed } from '../count-phrases.ts'
import { type GeneratorFamily, type GeneratorMaker, phraseGenerator, textGenerator, valueGenerator } from '../make.ts'
import { words } from '../vocabulary/words.ts'

/** A word or two; letters and digits where there is no room for a word. */
const text: GeneratorMaker = (input) => {
  const room = roomOf(input.column)
  const name = `type:${input.column.baseType}`
  if (room < 12) {
    const { capacity, at } = codes(room)
    return textGenerator(input, name, (_, random) => at(random.below(capacity)), { nulls: 0.2, capacity, at })
  }
  return phraseGenerator(input, name, pairs, { nulls: 0.2 })
}

const pairs = {
  size: words.length * words.length,
  at: (index: number): string => `${words[Math.floor(index / words.length)] ?? ''} ${words[index % words.length] ?? ''}`,
}

const tsvector: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:tsvector', (_, random) => `'${random.pick(words)}':1 '${random.pick(words)}':2`, {
    nulls: 0.2,
  })

const tsquery: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:tsquery', (_, random) => `'${random.pick(words)}'`, { nulls: 0.2 })

/** `"char"`: one byte. */
const byte: GeneratorMaker = (input) => {
  const letters = listed('a b c d e f g h i j k l m n o p q r s t u v w x y z'.split(' '))
  return valueGenerator(input, 'type:char', (_, random) => letters.at(random.below(26)), {
    nulls: 0.2, capacity: 26, at: (index) => letters.at(index),
  })
}

const tree: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:ltree', (_, random) => `${random.pick(words)}.${random.pick(words)}`, {
    nulls: 0.2,
    capacity: 36 ** 8,
    at: (index) => `top.n${index.toString(36)}`,
  })

const store: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:hstore', (_, random) => `"${random.pick(words)}"=>"${random.pick(words)}"`, {
    nulls: 0.2,
  })

/** Text of columns whose meaning nobody knows. */
export const textTypes: GeneratorFamily = {
  text, varchar: text, bpchar: text, citext: text, name: text, char: byte, tsvector, tsquery, ltree: tree,
  hstore: store,
}
