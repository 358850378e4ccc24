import type { TypeName } from 'libpg-query'
import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import { textsOf } from './texts-of.ts'

/** A type as a statement names it. */
export interface TargetType {
  /** As `pg_type.typname` has it: `int4`, `varchar`; of a user's type its own name. */
  readonly name: string
  /** Length, precision and scale. */
  readonly modifiers: readonly number[]
  readonly isArray: boolean
  /** As SQL, without the brackets of an array. */
  readonly sql: string
  /** For a person: `numeric(10,2)`. */
  readonly words: string
}

/** Reads a type name of a syntax tree. */
export function targetType({ names, typmods = [], arrayBounds = [] }: TypeName): TargetType {
  const parts = textsOf(names)
  const name = parts.at(-1) ?? ''
  const modifiers = typmods.flatMap((one) => {
    if (!('A_Const' in one)) return []
    const { ival } = one.A_Const
    return ival === undefined ? [] : [ival.ival ?? 0]
  })
  const isOwn = parts[0] === 'pg_catalog'
  const written = isOwn ? name : parts.map(quoteIdentifier).join('.')
  const size = modifiers.length === 0 ? '' : `(${modifiers.join(',')})`
  return { name, modifiers, isArray: arrayBounds.length > 0, sql: `${written}${size}`, words: `${name}${size}` }
}

/** A type as the argument of `pg_input_is_valid`. */
export function typeLiteral({ sql, isArray }: TargetType): string {
  return quoteLiteral(isArray ? `${sql}[]` : sql).trim()
}
