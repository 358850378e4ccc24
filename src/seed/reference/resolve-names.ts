import { nearestName } from '../../errors/nearest-name.ts'
import type { EnumInfo, FieldInfo, ModelInfo } from '../../prisma/data-model.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { referenceFieldUnknown, referenceFieldUnusable } from './errors.ts'
import { type DeclaredRow, placeOf } from './declared.ts'
import type { PlacedRow } from './merge-files.ts'
import { filledColumns } from './reference-key.ts'
import { columnOf, type SchemaTables } from './schema-tables.ts'

/** What a declared name stands for: a column, or a relation that is given by the other side's key. */
export type NamedPart =
  | {
      readonly kind: 'column'
      readonly name: string
      readonly column: ColumnFacts
      readonly labels: EnumInfo | undefined
      readonly filled: readonly string[]
    }
  | {
      readonly kind: 'relation'
      readonly name: string
      readonly field: FieldInfo
      /** The field of the other side, where the name says it: `parent.slug`. */
      readonly path: string | undefined
      readonly filled: readonly string[]
    }

/**
 * Reads the names of a row's values against the model.
 * @throws SEED_REFERENCE_FIELD_UNKNOWN with the nearest name, SEED_REFERENCE_FIELD_UNUSABLE
 */
export function resolveNames(
  tables: SchemaTables,
  model: ModelInfo,
  table: TableFacts,
  placed: PlacedRow,
): readonly NamedPart[] {
  return placed.row.names.map((name) => resolveName(tables, model, table, placed, name))
}

function resolveName(
  { data }: SchemaTables,
  model: ModelInfo,
  table: TableFacts,
  { file, row }: PlacedRow,
  name: string,
): NamedPart {
  const [head = '', path, ...more] = name.split('.')
  const field = model.fields.find((one) => one.name === head)
  const place = () => placeOf(file, { ...row, line: headLine(file.format, row, file.rows) }, name)
  if (field === undefined || more.length > 0) {
    const known = model.fields.filter((one) => isDeclarable(one)).map((one) => one.name)
    throw referenceFieldUnknown(model.name, name, nearestName(head, known), place())
  }
  const filled = filledColumns(model, field)
  if (field.column === undefined) {
    if (filled.length > 0) return { kind: 'relation', name, field, path, filled }
    throw referenceFieldUnusable(model.name, name, 'The other side of the relation holds the key.', place())
  }
  const column = columnOf(table, field)
  if (column === undefined) throw referenceFieldUnusable(model.name, name, `The table has no column ${field.column}.`, place())
  if (column.generated !== undefined) throw referenceFieldUnusable(model.name, name, 'The database computes it.', place())
  if (path !== undefined) throw referenceFieldUnusable(model.name, name, `${head} is no relation.`, place())
  return { kind: 'column', name, column, labels: data.enums.find((one) => one.name === field.type), filled }
}

/** The names of CSV stand in one line, which is not that of the row. */
function headLine(format: string, row: DeclaredRow, rows: readonly DeclaredRow[]): number {
  return format === 'csv' ? Math.max(1, (rows[0]?.line ?? row.line) - 1) : row.line
}

function isDeclarable(field: FieldInfo): boolean {
  return field.column !== undefined || field.relationFields.length > 0
}
