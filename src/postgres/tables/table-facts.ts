/**
 * A table as somebody who fills it must know it: read from the catalog alone, with no Prisma schema.
 * All names are as the database has them, unquoted.
 */
export interface TableFacts {
  readonly schema: string
  readonly name: string
  /** `partitioned`: rows go into the parent; its partitions are no tables of their own here. */
  readonly kind: 'table' | 'partitioned'
  readonly columns: readonly ColumnFacts[]
  /** Of a partitioned table what tells a row's partition; left out where expressions are among it. */
  readonly partitionKey?: readonly string[]
  readonly primaryKey: UniqueFacts | undefined
  /** Unique constraints and unique indexes, the primary key not among them. */
  readonly uniques: readonly UniqueFacts[]
  /** CHECK constraints; of a partitioned table without a default partition also what its partitions take in. */
  readonly checks: readonly CheckFacts[]
  readonly exclusions: readonly ExclusionFacts[]
  readonly foreignKeys: readonly ForeignKeyFacts[]
  /** Triggers that act on INSERT, enabled, not PostgreSQL's own. */
  readonly insertTriggers: readonly { readonly name: string; readonly function: string }[]
  /** True where row-level security acts on the role that reads this. */
  readonly rowSecurity: boolean
  /** As the planner estimates; 0 for a table that was never analysed and is empty. */
  readonly estimatedRows: number
}

/** A column, or an attribute of a composite type. */
export interface ColumnFacts {
  readonly name: string
  /** As `format_type` writes it, with length or precision: `character varying(20)`, `numeric(10,2)`, `text[]`. */
  readonly type: string
  /** Where `type` is a domain, or an array of one: what lies below, as SQL, without length or precision. */
  readonly plainType?: string
  readonly kind: TypeKind
  /** For scalars `pg_type.typname` of the type below domains and arrays: `int4`, `varchar`, `timestamptz`, `citext`. */
  readonly baseType: string
  /** 0 for a scalar. PostgreSQL does not hold to the declared number of dimensions. */
  readonly arrayDimensions: number
  /** The labels in their order, where the base type is an enum. */
  readonly enumLabels: readonly string[] | undefined
  /** Characters: of varchar(n) and char(n), also below a domain. Bits: of bit(n), varbit(n). */
  readonly maxLength: number | undefined
  /** Digits in all and after the point: of numeric(p,s). */
  readonly precision: number | undefined
  readonly scale: number | undefined
  /** Digits of a second, 0 to 6, of time, timestamp and interval types. */
  readonly fractionDigits: number | undefined
  /** Of the column, or of a domain of it. */
  readonly notNull: boolean
  /** SQL; undefined where there is none. Of the column, else of its domain. */
  readonly default: string | undefined
  /** Of `GENERATED … AS IDENTITY`. */
  readonly identity: 'always' | 'by default' | undefined
  /** SQL of `GENERATED ALWAYS AS (…) STORED` or VIRTUAL: never written. */
  readonly generated: string | undefined
  /** `schema.name`, quoted, of the sequence that an identity or serial column owns. */
  readonly sequence: string | undefined
  /** CHECK expressions of its domains, outermost first; the value is called VALUE. */
  readonly domainChecks: readonly CheckFacts[]
  /** Where the elements of an array are of a domain: what the domain says of each. */
  readonly elementDomain: { readonly notNull: boolean; readonly checks: readonly CheckFacts[] } | undefined
  /** Of a composite type its attributes, of a range or multirange the one type that it spans; else empty. */
  readonly parts: readonly ColumnFacts[]
  /** `/// @seed(…)` and the like are not here: those are the Prisma schema's. This is COMMENT ON COLUMN. */
  readonly comment: string | undefined
}

/** What a type is, below domains and arrays. */
export type TypeKind = 'scalar' | 'enum' | 'composite' | 'range' | 'multirange'

/** A unique constraint or index. */
export interface UniqueFacts {
  readonly name: string
  /** The key, in order: a column, or an expression in SQL. */
  readonly keys: readonly UniqueKey[]
  /** SQL of a partial index. */
  readonly predicate: string | undefined
  readonly nullsNotDistinct: boolean
  readonly deferrable: boolean
}

/** A part of a unique key. */
export type UniqueKey =
  | { readonly column: string }
  | { readonly expression: string; readonly columns: readonly string[] }

/** A CHECK of a table or a domain. */
export interface CheckFacts {
  readonly name: string
  /** The expression alone, as `pg_get_expr` writes it with an empty search path for tables, `VALUE` for a domain. */
  readonly expression: string
  readonly columns: readonly string[]
}

/** An EXCLUDE constraint, or a key WITHOUT OVERLAPS. */
export interface ExclusionFacts {
  readonly name: string
  /** What `pg_get_constraintdef` writes, for messages. */
  readonly definition: string
  readonly elements: readonly ExclusionElement[]
  readonly predicate: string | undefined
}

/** What is compared by an exclusion, and how. */
export interface ExclusionElement {
  /** Undefined for an expression. */
  readonly column: string | undefined
  readonly expression: string
  readonly operator: string
}

/** A foreign key. */
export interface ForeignKeyFacts {
  readonly name: string
  readonly columns: readonly string[]
  readonly target: { readonly schema: string; readonly table: string; readonly columns: readonly string[] }
  readonly matchFull: boolean
  readonly deferrable: boolean
}
