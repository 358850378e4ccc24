import type { Node } from 'libpg-query'
import { spokenName } from '../../postgres/catalog/names.ts'
import { readConstant } from '../../postgres/statements/constant.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { isRecord, namesIn, relationName } from './walk-tree.ts'

/** How a script turned a column's values into another type. */
export interface Conversion {
  /**
   * `assigned`: without USING, so that a value that does not fit stops it. `cast`: the column itself, cast.
   * `bytes`: the same through text into bytea. `encoded`: its text in UTF-8, as convert_to writes it.
   * `zoned`: AT TIME ZONE 'UTC', which is its own reverse between the two kinds of timestamps. `midnight`: the same of
   * a date's midnight. `computed`: any other expression.
   */
  readonly how: 'assigned' | 'cast' | 'bytes' | 'encoded' | 'zoned' | 'midnight' | 'computed'
}

/** Between local time and UTC: of a type that stays, it moves the values. */
export function isZoning(how: Conversion['how']): boolean {
  return how === 'zoned' || how === 'midnight'
}

/** The columns (`schema.table.column`, as people say it, by their names in the script) that change their type. */
export function convertedColumns(statements: readonly Statement[], schema: string): ReadonlyMap<string, Conversion> {
  const found = new Map<string, Conversion>()
  for (const { node } of statements) {
    if (!('AlterTableStmt' in node)) continue
    const table = relationName(node.AlterTableStmt.relation, schema)
    for (const command of node.AlterTableStmt.cmds ?? []) {
      if (!('AlterTableCmd' in command)) continue
      const { subtype, name, def } = command.AlterTableCmd
      if (subtype !== 'AT_AlterColumnType' || name === undefined || def === undefined || !('ColumnDef' in def)) continue
      found.set(`${table}.${spokenName([name])}`, { how: howConverted(def.ColumnDef.raw_default, name, def.ColumnDef.typeName) })
    }
  }
  return found
}

function howConverted(using: unknown, column: string, type: unknown): Conversion['how'] {
  if (using === undefined) return 'assigned'
  if (isBytesOfText(using, column)) return 'bytes'
  if (isPlainCast(using, column, type)) return 'cast'
  if (isInUtf8(using, column)) return 'encoded'
  const value = inUtc(using)
  if (isColumn(value, column)) return 'zoned'
  const cast = castOf(value)
  return cast?.type === 'timestamp' && !cast.isSized && isColumn(cast.arg, column) ? 'midnight' : 'computed'
}

/** The column itself, or cast to its new type: on the way through nothing but text and types of the user's own. */
function isPlainCast(expression: unknown, column: string, type: unknown): boolean {
  const last = castOf(expression)
  if (last === undefined) return isColumn(expression, column)
  return (isSameType(last.name, type) || isOpenType(last)) && goesThroughText(last.arg, column)
}

function goesThroughText(expression: unknown, column: string): boolean {
  const cast = castOf(expression)
  return cast === undefined ? isColumn(expression, column) : isOpenType(cast) && goesThroughText(cast.arg, column)
}

/** Text of any length, a list of it, or a type that a user made (all others have one name, or stand in pg_catalog). */
function isOpenType({ name, isSized }: CastNode): boolean {
  const names = isRecord(name) ? namesIn(name['names']) : []
  return !isSized && (names.at(-1) === 'text' || (names.length > 1 && names[0] !== 'pg_catalog') || isQuotedType(names))
}

/** Names of PostgreSQL's own types are all in small letters. */
function isQuotedType([name = '', ...more]: readonly string[]): boolean {
  return more.length === 0 && name !== name.toLowerCase()
}

function isSameType(a: unknown, b: unknown): boolean {
  const plain = (type: unknown): string =>
    JSON.stringify(type, (key, value: unknown) => {
      if (key === 'location') return undefined
      return key === 'names' ? namesIn(value).filter((name) => name !== 'pg_catalog') : value
    })
  return plain(a) === plain(b)
}

function isColumn(expression: unknown, column: string): boolean {
  const reference = isRecord(expression) ? expression['ColumnRef'] : undefined
  return isRecord(reference) && namesIn(reference['fields']).at(-1) === column
}

/** `a::text::bytea`: what bytea reads from text, and not the bytes that PostgreSQL itself makes of a number. */
function isBytesOfText(expression: unknown, column: string): boolean {
  const [outer, inner] = [castOf(expression), castOf(castOf(expression)?.arg)]
  return outer?.type === 'bytea' && inner?.type === 'text' && isColumn(inner.arg, column)
}

/** `convert_to(a, 'UTF8')`: bytes that convert_from reads as the same text. */
function isInUtf8(expression: unknown, column: string): boolean {
  const call = isRecord(expression) ? expression['FuncCall'] : undefined
  if (!isRecord(call) || namesIn(call['funcname']).at(-1) !== 'convert_to' || !Array.isArray(call['args'])) return false
  const [text, encoding] = call['args'] as readonly Node[]
  return goesThroughText(text, column) && /^utf-?8$/i.test(readConstant(encoding)?.text ?? '')
}

interface CastNode {
  /** Its last name; undefined where it is a list. */
  readonly type: string | undefined
  /** True where it has a length or a precision. */
  readonly isSized: boolean
  readonly name: unknown
  readonly arg: unknown
}

function castOf(expression: unknown): CastNode | undefined {
  const cast = isRecord(expression) ? expression['TypeCast'] : undefined
  if (!isRecord(cast) || !isRecord(cast['typeName'])) return undefined
  const name = cast['typeName']
  const type = Array.isArray(name['arrayBounds']) ? undefined : namesIn(name['names']).at(-1)
  return { type, isSized: Array.isArray(name['typmods']), name, arg: cast['arg'] }
}

/** What stands before AT TIME ZONE 'UTC': the parser writes it as timezone('UTC', x). */
function inUtc(expression: unknown): unknown {
  const call = isRecord(expression) ? expression['FuncCall'] : undefined
  if (!isRecord(call) || namesIn(call['funcname']).at(-1) !== 'timezone' || !Array.isArray(call['args'])) return undefined
  const [zone, value] = call['args'] as readonly unknown[]
  return /"sval":"utc"/i.test(JSON.stringify(zone)) ? value : undefined
}
