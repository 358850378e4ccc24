import type { ReviewedClassification, ReviewedColumn } from './classification.ts'
import { proposeColumn } from './propose-column.ts'
import type { SchemaColumn } from './schema-columns.ts'

/** A classification brought up to date with the columns there are. */
export interface Review {
  readonly classification: ReviewedClassification
  /** `Model.field` of columns that were not in it. */
  readonly added: readonly string[]
  /** Of columns that are no more. */
  readonly removed: readonly string[]
  /** Of columns whose proposal is another now, and that a person has to read again. */
  readonly changed: readonly string[]
}

/**
 * Columns that were accepted stay as they are; what was not accepted is proposed anew, but for a class or a mask that a
 * person wrote. Sorted by table and by the order of the columns in it.
 * @param isWhole false where `columns` are those of the Prisma schema alone: tables that it does not have stay then
 * @throws MASK_PII_UNKNOWN
 */
export function reviewClassification(
  columns: readonly SchemaColumn[],
  before: ReviewedClassification | undefined,
  isWhole = true,
): Review {
  const added: string[] = []
  const changed: string[] = []
  const tables: Record<string, Record<string, ReviewedColumn>> = {}
  for (const column of columns) {
    const known = before?.tables[column.table]?.[column.field]
    const proposed = proposeColumn(column)
    const kept = keepEdits(known, proposed)
    const name = `${column.table}.${column.field}`
    if (known === undefined) added.push(name)
    else if (known.accepted && !kept.accepted) changed.push(name)
    tables[column.table] = { ...tables[column.table], [column.field]: kept }
  }
  const removed: string[] = []
  for (const [table, fields] of Object.entries(before?.tables ?? {})) {
    // A name with a dot is a table's own.
    if (tables[table] === undefined && !isWhole && table.includes('.')) {
      tables[table] = fields
      continue
    }
    removed.push(...Object.keys(fields).filter((field) => tables[table]?.[field] === undefined).map((field) => `${table}.${field}`))
  }
  const sorted = Object.entries(tables).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return { classification: { tables: Object.fromEntries(sorted) }, added, removed, changed }
}

/**
 * What the schema states is reviewed with the schema, so its class wins; the mask is a person's to choose. Of all else
 * what stands in the file counts, accepted or not: a person may have written it.
 */
function keepEdits(known: ReviewedColumn | undefined, proposed: ReviewedColumn): ReviewedColumn {
  if (known === undefined || known.mask === 'link' || proposed.mask === 'link') return proposed
  if (proposed.accepted) return known.class === proposed.class ? { ...proposed, mask: known.mask } : proposed
  return known
}
