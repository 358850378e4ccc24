/** A name as the engine writes it: with its schema only where the Prisma schema names schemas. */
export interface ObjectName {
  readonly schema: string | undefined
  readonly name: string
}

/** A column as the engine declares it. */
export interface ColumnDeclaration {
  readonly column: string
  /** Its type as SQL: `TEXT`, `"Role"[]`, `DECIMAL(10,2)`. */
  readonly type: string
  readonly notNull: boolean
  readonly defaultText: string | undefined
}

/** One clause of ALTER TABLE. */
export type Clause =
  | ({ readonly kind: 'add-column' } & ColumnDeclaration)
  | { readonly kind: 'drop-column'; readonly column: string }
  | { readonly kind: 'set-type'; readonly column: string; readonly type: string; readonly using: string | undefined }
  | { readonly kind: 'set-not-null' | 'drop-not-null' | 'drop-default'; readonly column: string }
  | { readonly kind: 'set-default'; readonly column: string; readonly expression: string }
  | { readonly kind: 'other'; readonly text: string }

/**
 * One thing that a migration does. What the engine writes is read into these, changed by the
 * person's answers and Tide's mends, and written out again. `heading` is the engine's comment above it.
 */
export type Operation = { readonly heading?: string } & (
  | { readonly kind: 'alter-table'; readonly table: ObjectName; readonly clauses: readonly Clause[] }
  | {
      readonly kind: 'create-table'
      readonly table: ObjectName
      readonly columns: readonly ColumnDeclaration[]
      readonly references: readonly ObjectName[]
      readonly text: string
    }
  | { readonly kind: 'drop-table'; readonly table: ObjectName }
  | { readonly kind: 'create-enum'; readonly type: ObjectName; readonly values: readonly string[] }
  | { readonly kind: 'drop-enum'; readonly type: ObjectName }
  | { readonly kind: 'add-enum-value'; readonly type: ObjectName; readonly value: string; readonly position?: EnumPosition }
  | {
      readonly kind: 'replace-enum'
      readonly type: ObjectName
      readonly values: readonly string[]
      readonly columns: readonly EnumColumn[]
    }
  | {
      readonly kind: 'create-index'
      readonly unique: boolean
      readonly name: string
      readonly table: ObjectName
      readonly columns: readonly string[]
      readonly text: string
    }
  | { readonly kind: 'drop-index'; readonly index: ObjectName; readonly text: string }
  | {
      readonly kind: 'add-foreign-key'
      readonly name: string
      readonly table: ObjectName
      readonly references: ObjectName
      readonly columns: readonly string[]
      /** Of the referenced table, in the order of `columns`. */
      readonly referencedColumns: readonly string[]
      readonly text: string
    }
  | { readonly kind: 'update'; readonly text: string }
  | { readonly kind: 'statements'; readonly statements: readonly string[] }
  | { readonly kind: 'other'; readonly text: string }
)

/** The operations of one kind. */
export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>

/** Where a new enum value stands: PostgreSQL appends where nothing is said. */
export type EnumPosition =
  | { readonly place: 'before'; readonly value: string }
  | { readonly place: 'after'; readonly value: string }

/** A column whose enum is replaced by one with other values. */
export interface EnumColumn {
  readonly table: ObjectName
  readonly column: string
  readonly isList: boolean
  /** True where its present default, which has the old type, must go first. */
  readonly dropsDefault: boolean
  /** The default it gets afterwards. */
  readonly defaultText: string | undefined
  /** The expression that turns the old value into the new type; undefined for the plain cast through text. */
  readonly using: string | undefined
}

/** True for the same object; a name without a schema is the same as itself alone. */
export function isSameObject(left: ObjectName, right: ObjectName): boolean {
  return left.name === right.name && left.schema === right.schema
}

/** True for what makes a schema, an extension, a type or a value of an enum: nothing has to be there for it. */
export function preparesTypes(operation: Operation): boolean {
  if (operation.kind === 'create-enum' || operation.kind === 'add-enum-value') return true
  return preparesSchema(operation)
}

/** True for what makes a schema or an extension. */
export function preparesSchema(operation: Operation): boolean {
  return operation.kind === 'other' && /^CREATE (?:SCHEMA|EXTENSION)\b/.test(operation.text)
}
