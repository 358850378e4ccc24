import { classify, confident } from '../classify/classify.ts'
import { withoutModel, wordsOf } from '../classify/words.ts'
import type { TablePlan } from '../plan/seed-plan.ts'

/** What a column is among totals and their lines. */
export type TotalRole =
  | 'subtotal'
  | 'total'
  | 'amount'
  | 'tax'
  | 'charge'
  | 'discountAmount'
  | 'discountPercent'
  | 'quantity'
  | 'totalQuantity'
  | 'price'

/** A numeric column with its role. */
export interface TotalColumn {
  readonly name: string
  readonly role: TotalRole
  /** True where it counts cents by its name. */
  readonly isMinor: boolean
}

/** The table as roles are told from it. */
export type NamedColumns = Pick<TablePlan, 'facts' | 'name' | 'fields'>

/** The numeric columns of a table that money or quantities stand in, by their names and types alone. */
export function totalColumns({ facts, name: model, fields }: NamedColumns): readonly TotalColumn[] {
  return facts.columns.flatMap((column) => {
    if (!numeric.has(column.baseType) || column.arrayDimensions > 0) return []
    const documentation = fields.get(column.name)?.documentation
    if (documentation?.includes('@seed(') === true) return []
    const words = wordsOf(column.name)
    const bare = words.filter((word) => !minorWords.has(word))
    const own = withoutModel(bare, wordsOf(model)).join(' ')
    const found = classify({ ...column, name: own }, model)
    const meaning = found.confidence >= confident ? found.generator : undefined
    const role = roleOf(own, meaning)
    return role === undefined ? [] : [{ name: column.name, role, isMinor: bare.length < words.length }]
  })
}

function roleOf(name: string, meaning: string | undefined): TotalRole | undefined {
  if (/^(?:total quantity|quantity total|total unit|unit total)$/u.test(name)) return 'totalQuantity'
  if (/\bdiscount\b/u.test(name)) {
    if (/\b(?:amount|total|value)\b/u.test(name)) return 'discountAmount'
    return meaning === 'percent' ? 'discountPercent' : undefined
  }
  if (/\b(?:tax|vat)\b/u.test(name)) return meaning === 'tax' ? 'tax' : undefined
  if (/\b(?:shipping|delivery|handling|service|surcharge|postage|tip|fee)\b/u.test(name)) {
    return meaning === 'price' && !/\btotal\b/u.test(name) ? 'charge' : undefined
  }
  if (meaning === 'subtotal' || meaning === 'total') return /\b(?:paid|refund|due|tax)/u.test(name) ? undefined : meaning
  if (/^(?:quantity|unit|piece)$|\bquantity$/u.test(name)) return 'quantity'
  if (meaning !== 'price') return undefined
  return name === 'amount' || name === 'value amount' ? 'amount' : /\b(?:price|cost|rate)$/u.test(name) ? 'price' : undefined
}

const numeric: ReadonlySet<string> = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'])
const minorWords: ReadonlySet<string> = new Set(['cent', 'minor'])
