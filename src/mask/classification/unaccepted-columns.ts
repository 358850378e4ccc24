import type { ReviewedClassification } from './classification.ts'
import { proposeColumn } from './propose-column.ts'
import type { SchemaColumn } from './schema-columns.ts'

/** A column that nobody said anything of yet. */
export interface UnacceptedColumn {
  /** `Model.field`. */
  readonly where: string
  /** False where the classification does not have it at all. */
  readonly isProposed: boolean
  /** What the classifier takes it for. */
  readonly proposal: string
}

/**
 * The columns of a schema that no comment states and nobody accepted: what stops a fixture. Needs no database.
 * @throws MASK_PII_UNKNOWN
 */
export function unacceptedColumns(
  columns: readonly SchemaColumn[],
  classification: ReviewedClassification | undefined,
): readonly UnacceptedColumn[] {
  return columns.flatMap((column): readonly UnacceptedColumn[] => {
    const { table, field } = column
    const known = classification?.tables[table]?.[field]
    if (known?.accepted === true) return []
    const proposed = proposeColumn(column)
    if (proposed.accepted) return []
    const proposal = `class ${proposed.class}, mask ${proposed.mask}: ${proposed.reason}`
    return [{ where: `${table}.${field}`, isProposed: known !== undefined, proposal }]
  })
}

/** Columns that are not in an earlier schema, or had another type or comment there. */
export function newColumns(columns: readonly SchemaColumn[], before: readonly SchemaColumn[]): readonly SchemaColumn[] {
  const known = new Set(before.map(identity))
  return columns.filter((column) => !known.has(identity(column)))
}

function identity({ table, field, column, documentation, pointsAt }: SchemaColumn): string {
  return JSON.stringify([table, field, column.name, column.kind, column.baseType, documentation, pointsAt])
}
