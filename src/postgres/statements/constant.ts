import type { Node } from 'libpg-query'
import { quoteLiteral } from '../quote.ts'

/** A constant of a statement: `'x'`, `7`, `1.5`, `true`. */
export interface Constant {
  readonly kind: 'text' | 'number' | 'boolean'
  /** As it is written, without quotes. */
  readonly text: string
}

/** The constant that an expression is, or that it casts; undefined for NULL and for any other expression. */
export function readConstant(expression: Node | undefined): Constant | undefined {
  if (expression === undefined) return undefined
  if ('TypeCast' in expression) return readConstant(expression.TypeCast.arg)
  if (!('A_Const' in expression)) return undefined
  // The parser leaves out what is empty, zero or false.
  const { ival, fval, sval, boolval, isnull } = expression.A_Const
  if (isnull === true) return undefined
  if (ival !== undefined) return { kind: 'number', text: String(ival.ival ?? 0) }
  if (fval !== undefined) return { kind: 'number', text: fval.fval ?? '0' }
  if (sval !== undefined) return { kind: 'text', text: sval.sval ?? '' }
  return boolval === undefined ? undefined : { kind: 'boolean', text: String(boolval.boolval ?? false) }
}

/** A constant as SQL that PostgreSQL reads as whatever it is compared with. */
export function constantSql({ kind, text }: Constant): string {
  return kind === 'text' ? quoteLiteral(text).trim() : text
}
