import type { Statement } from '../../postgres/statements/statement.ts'
import { isRecord, namesIn, relationName } from './walk-tree.ts'

/** How a script turned a column's values into another type. */
export interface Conversion {
  /**
   * `assigned`: without USING, so that a value that does not fit stops it. `cast`: the column itself, cast.
   * `bytes`: the same through text into bytea. `zoned`: AT TIME ZONE 'UTC', which is its own reverse. `computed`: any
   * other expression.
   */
  readonly how: 'assigned' | 'cast' | 'bytes' | 'zoned' | 'computed'
}

/** The columns (`schema.table.column`, unquoted, by the names they have in the script) that change their type. */
export function convertedColumns(statements: readonly Statement[], schema: string): ReadonlyMap<string, Conversion> {
  const found = new Map<string, Conversion>()
  for (const { node } of statements) {
    if (!('AlterTableStmt' in node)) continue
    const table = relationName(node.AlterTableStmt.relation, schema)
    for (const command of node.AlterTableStmt.cmds ?? []) {
      if (!('AlterTableCmd' in command)) continue
      const { subtype, name, def } = command.AlterTableCmd
      if (subtype !== 'AT_AlterColumnType' || name === undefined || def === undefined || !('ColumnDef' in def)) continue
      found.set(`${table}.${name}`, { how: howConverted(def.ColumnDef.raw_default) })
    }
  }
  return found
}

function howConverted(using: unknown): Conversion['how'] {
  if (using === undefined) return 'assigned'
  if (isPlainCast(using)) return isBytesOfText(using) ? 'bytes' : 'cast'
  return isUtc(using) ? 'zoned' : 'computed'
}

/** The column itself, cast any number of times. */
function isPlainCast(expression: unknown): boolean {
  if (!isRecord(expression)) return false
  if (isRecord(expression['TypeCast'])) return isPlainCast(expression['TypeCast']['arg'])
  return 'ColumnRef' in expression
}

/** `a::text::bytea`: what bytea reads from text, and not the bytes that PostgreSQL itself makes of a number. */
function isBytesOfText(expression: unknown): boolean {
  const [outer, inner] = [castOf(expression), castOf(castOf(expression)?.arg)]
  return outer?.type === 'bytea' && inner?.type === 'text'
}

function castOf(expression: unknown): { readonly type: string | undefined; readonly arg: unknown } | undefined {
  const cast = isRecord(expression) ? expression['TypeCast'] : undefined
  if (!isRecord(cast) || !isRecord(cast['typeName'])) return undefined
  const isList = Array.isArray(cast['typeName']['arrayBounds'])
  return { type: isList ? undefined : namesIn(cast['typeName']['names']).at(-1), arg: cast['arg'] }
}

/** The parser writes `x AT TIME ZONE 'UTC'` as timezone('UTC', x). */
function isUtc(expression: unknown): boolean {
  const call = isRecord(expression) ? expression['FuncCall'] : undefined
  if (!isRecord(call) || namesIn(call['funcname']).at(-1) !== 'timezone' || !Array.isArray(call['args'])) return false
  const [zone, value] = call['args'] as readonly unknown[]
  return /"sval":"utc"/i.test(JSON.stringify(zone)) && isPlainCast(value)
}
