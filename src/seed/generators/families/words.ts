import { slugOf } from '../format/text.ts'
import type { GeneratorInput } from '../generator.ts'
import { namesMeaning } from '../meanings.ts'
import { listed, type Phrases } from '../count-phrases.ts'
import { type GeneratorFamily, type GeneratorMaker, phraseGenerator, textGenerator } from '../make.ts'
import { companyNames } from '../vocabulary/company-names.ts'
import { paragraphOf, sentenceOf } from '../vocabulary/sentences.ts'
import { words } from '../vocabulary/words.ts'

const companyName: GeneratorMaker = (input) => phraseGenerator(input, 'companyName', companyNames(input.locale))

/** Adjective, material, thing: as many as the language has of them. */
const productName: GeneratorMaker = (input) => {
  const { adjective, material, product } = input.locale.faker(unused).definitions.commerce.product_name
  const [adjectives, materials, things] = [listed(adjective), listed(material), listed(product)]
  return phraseGenerator(input, 'productName', {
    size: adjectives.size * materials.size * things.size,
    at: (index) => {
      const rest = Math.floor(index / things.size)
      const qualities = `${adjectives.at(Math.floor(rest / materials.size))} ${materials.at(rest % materials.size)}`
      return `${qualities} ${things.at(index % things.size)}`
    },
  })
}

const categoryName: GeneratorMaker = (input) => {
  const { department } = input.locale.faker(unused).definitions.commerce
  return phraseGenerator(input, 'categoryName', listed([...department, ...words.map(capitalised)]))
}

/** Two words that make a heading of any thing. */
const title: GeneratorMaker = (input) => phraseGenerator(input, 'title', headings, { nulls: 0.1 })

const kinds = 'Review Plan Notes Update Guide Report Overview Draft Project Checklist Proposal Summary Launch Request'.split(' ')

const headings: Phrases = {
  size: words.length * kinds.length,
  at: (index) => `${capitalised(words[index % words.length] ?? '')} ${kinds[Math.floor(index / words.length)] ?? ''}`,
}

const sentence: GeneratorMaker = (input) => textGenerator(input, 'sentence', (_, random) => sentenceOf(random), { nulls: 0.2 })

const paragraph: GeneratorMaker = (input) => textGenerator(input, 'paragraph', (_, random) => paragraphOf(random), { nulls: 0.2 })

/** Of the row's own title, where it has one, with the row's number in letters and digits behind it. */
const slug: GeneratorMaker = (input) => {
  const titles = titleColumns(input)
  const counted = phraseGenerator(input, 'slug', slugs, { join: '-' })
  if (titles.length === 0 || (input.column.maxLength ?? 99) < 40) return counted
  const [name = ''] = titles
  return {
    ...counted,
    after: titles,
    make: (row) => `${headOf(row.cell(name) ?? '')}-${row.index.toString(36)}`,
    // The row's number is in every one of them.
    distinct: true,
    capacity: Number.MAX_SAFE_INTEGER,
    at: (index, row) => `${headOf(row.cell(name) ?? '')}-${index.toString(36)}`,
  }
}

function headOf(text: string): string {
  const head = slugOf(text).slice(0, 25).replace(/-$/u, '')
  return head === '' ? 'entry' : head
}

function titleColumns(input: GeneratorInput): readonly string[] {
  return namesMeaning(input, 'title', 'productName', 'companyName', 'categoryName', 'fullName').slice(0, 1)
}

const slugs: Phrases = {
  size: words.length * words.length,
  at: (index) => `${words[Math.floor(index / words.length)] ?? ''}-${words[index % words.length] ?? ''}`,
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}

const unused = {
  fraction: (): number => 0,
  below: (): number => 0,
  belowBig: (): bigint => 0n,
  pick: <Value>(values: readonly Value[]): Value => values[0] as Value,
}

/** Names of things and free text. */
export const wordGenerators: GeneratorFamily = {
  companyName, productName, categoryName, title, sentence, paragraph, slug,
}
