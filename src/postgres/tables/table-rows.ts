import type { CheckFacts, ExclusionFacts } from './table-facts.ts'

/** The table itself; OIDs are texts, as the driver gives 64-bit numbers. */
export interface TableRow {
  readonly id: string
  readonly schema: string
  readonly name: string
  readonly isPartitioned: boolean
  /** SQL of what the partitions take in, where there is no default one. */
  readonly partitionCheck: string | null
  readonly partitionColumns: readonly string[]
  /** True where no expression is among them. */
  readonly isByColumns: boolean
  readonly rowSecurity: boolean
  readonly estimatedRows: number
}

/** A column, or an attribute of a composite type, before its type is looked up. */
export interface TypedRow {
  readonly name: string
  readonly typeId: string | number
  readonly modifier: number
  readonly type: string
  readonly dimensions: number
}

/** A column of a table. */
export interface ColumnRow extends TypedRow {
  readonly table: string
  readonly notNull: boolean
  readonly default: string | null
  readonly generated: string | null
  readonly identity: 'always' | 'by default' | null
  readonly sequence: string | null
  readonly comment: string | null
}

/** A type, with what it stands on by OID. */
export interface TypeRow {
  readonly id: string
  readonly name: string
  /** `pg_type.typtype`. */
  readonly kind: string
  readonly type: string
  readonly baseId: string
  readonly modifier: number
  readonly dimensions: number
  readonly notNull: boolean
  readonly default: string | null
  readonly elementId: string | null
  readonly labels: readonly string[] | null
  readonly checks: readonly CheckFacts[] | null
  readonly attributes: readonly TypedRow[] | null
  readonly subtypeId: string | null
}

/** A unique index. */
export interface IndexRow {
  readonly table: string
  readonly name: string
  readonly isPrimary: boolean
  /** Null in the place of an expression. */
  readonly columns: readonly (string | null)[]
  readonly definitions: readonly string[]
  readonly predicate: string | null
  readonly nullsNotDistinct: boolean
  readonly deferrable: boolean
}

/** A CHECK, a foreign key or an exclusion. */
export interface ConstraintRow {
  readonly table: string
  readonly name: string
  readonly kind: string
  readonly columns: readonly string[]
  readonly expression: string | null
  readonly targetSchema: string | null
  readonly targetTable: string | null
  readonly targetColumns: readonly string[] | null
  readonly matchFull: boolean
  readonly deferrable: boolean
  readonly definition: string | null
  readonly predicate: string | null
  readonly elements:
    | readonly { readonly column: string | null; readonly expression: string; readonly operator: string }[]
    | null
}

/** A trigger that acts on INSERT. */
export interface TriggerRow {
  readonly table: string
  readonly name: string
  readonly function: string
}

/** What a constraint row says that excludes rows from each other. */
export function toExclusion(row: ConstraintRow): ExclusionFacts {
  return {
    name: row.name,
    definition: row.definition ?? '',
    elements: (row.elements ?? []).map((element) => ({ ...element, column: element.column ?? undefined })),
    predicate: row.predicate ?? undefined,
  }
}
