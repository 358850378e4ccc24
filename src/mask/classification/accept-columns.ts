import { nearestName } from '../../errors/nearest-name.ts'
import type { ReviewedClassification, ReviewedColumn } from './classification.ts'
import { columnUnknown } from './errors.ts'

/** From this confidence on `--accept-confident` accepts a proposal: the name is one that a rule has, or ends in it. */
const acceptsFrom = 0.9

/** Which proposals a person accepts. */
export interface Acceptance {
  /** `Model.field`, or `Model` for all of a model. */
  readonly names: readonly string[]
  readonly confident: boolean
  /** Why values of the named columns that look personal are not. */
  readonly reason?: string | undefined
}

/**
 * The classification with these columns accepted, and which they were.
 * @throws MASK_COLUMN_UNKNOWN
 */
export function acceptColumns(
  { tables }: ReviewedClassification,
  { names, confident, reason }: Acceptance,
): { readonly classification: ReviewedClassification; readonly accepted: readonly string[] } {
  const known = Object.entries(tables).flatMap(([table, columns]) => [table, ...Object.keys(columns).map((name) => `${table}.${name}`)])
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw columnUnknown(unknown, nearestName(unknown, known))
  const accepted: string[] = []
  const accept = (table: string, name: string, column: ReviewedColumn): ReviewedColumn => {
    // Whoever says why has read that very column: a model as a whole has no reason.
    const isNamed = names.includes(`${table}.${name}`)
    const said = isNamed && reason !== undefined ? { ...column, keptBecause: reason } : column
    const isMeant = isNamed || names.includes(table) || (confident && column.confidence >= acceptsFrom)
    if (column.accepted || !isMeant) return said
    accepted.push(`${table}.${name}`)
    return { ...said, accepted: true }
  }
  const next = Object.entries(tables).map(([table, columns]) => [
    table,
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, accept(table, name, column)])),
  ])
  return { classification: { tables: Object.fromEntries(next) as ReviewedClassification['tables'] }, accepted }
}
