import type { Statement } from '../../postgres/statements/statement.ts'
import { namesIn } from './walk-tree.ts'

/** By enum (`schema.name`, unquoted) what each renamed value was called before, by its last name. */
export type RenamedValues = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * The values of enums that a script renames. PostgreSQL knows them by itself, unless the script makes the type anew
 * afterwards; then nothing but the script says which value was which.
 */
export function renamedValues(statements: readonly Statement[], schema: string): RenamedValues {
  const found = new Map<string, Map<string, string>>()
  for (const { node } of statements) {
    if (!('AlterEnumStmt' in node)) continue
    const { typeName, oldVal, newVal } = node.AlterEnumStmt
    if (oldVal === undefined || newVal === undefined) continue
    const names = namesIn(typeName)
    const type = [names.at(-2) ?? schema, names.at(-1) ?? ''].join('.')
    const values = found.get(type) ?? new Map<string, string>()
    const first = values.get(oldVal) ?? oldVal
    values.delete(oldVal)
    found.set(type, values.set(newVal, first))
  }
  return found
}
