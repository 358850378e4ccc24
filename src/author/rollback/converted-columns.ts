import type { Statement } from '../../postgres/statements/statement.ts'
import { isRecord, namesIn, relationName } from './walk-tree.ts'

/** How a script turned a column's values into another type. */
export interface Conversion {
  /**
   * `assigned`: without USING, so that a value that does not fit stops it. `cast`: the column itself, cast.
   * `zoned`: AT TIME ZONE 'UTC', which is its own reverse. `computed`: any other expression.
   */
  readonly how: 'assigned' | 'cast' | 'zoned' | 'computed'
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
  if (isPlainCast(using)) return 'cast'
  return isUtc(using) ? 'zoned' : 'computed'
}

/** The column itself, cast any number of times. */
function isPlainCast(expression: unknown): boolean {
  if (!isRecord(expression)) return false
  if (isRecord(expression['TypeCast'])) return isPlainCast(expression['TypeCast']['arg'])
  return 'ColumnRef' in expression
}

/** The parser writes `x AT TIME ZONE 'UTC'` as timezone('UTC', x). */
function isUtc(expression: unknown): boolean {
  const call = isRecord(expression) ? expression['FuncCall'] : undefined
  if (!isRecord(call) || namesIn(call['funcname']).at(-1) !== 'timezone' || !Array.isArray(call['args'])) return false
  const [zone, value] = call['args'] as readonly unknown[]
  return /"sval":"utc"/i.test(JSON.stringify(zone)) && isPlainCast(value)
}
