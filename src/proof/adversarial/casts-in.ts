import type { TypeName } from 'libpg-query'
import { columnOf } from './column-of.ts'
import { isRecord } from './is-record.ts'
import { type TargetType, targetType } from './target-type.ts'

/** A column that an expression casts. */
export interface ColumnCast {
  /** As the statement calls it. */
  readonly column: string
  readonly type: TargetType
}

/** The casts of columns in a piece of a syntax tree: `a::int`, and not `(a || b)::int`. */
export function castsIn(tree: unknown): readonly ColumnCast[] {
  if (Array.isArray(tree)) return tree.flatMap(castsIn)
  if (!isRecord(tree)) return []
  const cast = tree['TypeCast']
  const column = isRecord(cast) ? columnOf(cast['arg']) : undefined
  const own = column === undefined || !isRecord(cast) ? [] : [{ column, type: targetType(cast['typeName'] as TypeName) }]
  return [...own, ...Object.values(tree).flatMap(castsIn)]
}
