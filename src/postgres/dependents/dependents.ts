import type { Connection } from '../connect.ts'
import { dependentsQuery } from './dependents-query.ts'

/** A column, by names. */
export interface ColumnReference {
  readonly schema: string
  readonly table: string
  readonly column: string
}

/** Something that hangs on a column so that PostgreSQL refuses to change the column's type. */
export interface Dependent {
  readonly kind:
    | 'view'
    | 'materialized view'
    | 'policy'
    | 'trigger'
    | 'generated column'
    | 'rule'
    | 'constraint'
    | 'index'
  /** As SQL: `"public"."active_users"`. */
  readonly name: string
  /** The column it hangs on, as `table.column`. */
  readonly column: string
  readonly drop: string
  /** What brings it back with its comment, privileges, indexes and triggers. Empty where it cannot be done. */
  readonly create: readonly string[]
}

/**
 * What hangs on these columns, directly or through views, in the order in which it can be
 * created; dropped in the reverse order. Functions are not among it: PostgreSQL does not
 * look into their bodies.
 */
export async function readDependents(
  connection: Connection,
  columns: readonly ColumnReference[],
): Promise<readonly Dependent[]> {
  if (columns.length === 0) return []
  const { rows } = await connection.query<{ dependents: readonly Dependent[] | null }>(dependentsQuery, [
    JSON.stringify(columns),
  ])
  return rows[0]?.dependents ?? []
}
