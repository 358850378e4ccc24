import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import { type Classification, confident } from '../classify/classify.ts'
import { classifyOnce } from '../classify/classify-once.ts'
import type { GeneratorInput } from './generator.ts'

type Table = Pick<GeneratorInput, 'columns' | 'model'>

/** What each column of the table holds, where the classifier is confident; asked once for a table. */
function meaningsOf({ columns, model }: Table): ReadonlyMap<string, string> {
  const known = cache.get(columns)
  if (known !== undefined) return known
  const meanings = new Map<string, string>()
  for (const column of columns) {
    const meaning = confidentMeaning(classifyOnce(column, model))
    if (meaning !== undefined) meanings.set(column.name, meaning)
  }
  cache.set(columns, meanings)
  return meanings
}

/** The name of the generator, where the classification may be acted on. */
export function confidentMeaning({ generator, confidence }: Classification): string | undefined {
  return confidence >= confident ? generator : undefined
}

/** The columns of the table that hold this, in their order; the column itself is not among them. */
export function columnsMeaning(input: GeneratorInput, ...names: readonly string[]): readonly ColumnFacts[] {
  const meanings = meaningsOf(input)
  return input.columns.filter(
    (column) => column.name !== input.column.name && names.includes(meanings.get(column.name) ?? '') && column.generated === undefined,
  )
}

/** Their names. */
export function namesMeaning(input: GeneratorInput, ...names: readonly string[]): readonly string[] {
  return columnsMeaning(input, ...names).map(({ name }) => name)
}

const cache = new WeakMap<readonly ColumnFacts[], ReadonlyMap<string, string>>()
