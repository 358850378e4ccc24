import type { Statement } from '../../postgres/statements/statement.ts'
import { isRecord, relationName } from './walk-tree.ts'

/** Columns (`schema.table.column`, unquoted) whose values a script computes anew while it changes their type. */
export function convertedColumns(statements: readonly Statement[], schema: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const { node, line } of statements) {
    if (!('AlterTableStmt' in node)) continue
    const table = relationName(node.AlterTableStmt.relation, schema)
    for (const command of node.AlterTableStmt.cmds ?? []) {
      if (!('AlterTableCmd' in command)) continue
      const { subtype, name, def } = command.AlterTableCmd
      if (subtype !== 'AT_AlterColumnType' || name === undefined || def === undefined || !('ColumnDef' in def)) continue
      const using: unknown = def.ColumnDef.raw_default
      if (using !== undefined && !isPlainCast(using)) found.set(`${table}.${name}`, line)
    }
  }
  return found
}

/** The column itself, cast any number of times, or as the only element of a list. */
function isPlainCast(expression: unknown): boolean {
  if (!isRecord(expression)) return false
  if (isRecord(expression['TypeCast'])) return isPlainCast(expression['TypeCast']['arg'])
  return 'ColumnRef' in expression
}
