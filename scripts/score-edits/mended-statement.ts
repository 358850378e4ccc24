import type { Statement } from '../../src/postgres/statements/statement.ts'
import { canonicalStatement } from './canonical-statement.ts'

/**
 * A statement without what Tide adds to Prisma's on purpose: the place of a new enum value (Prisma appends every
 * value at the end), and what rows with a removed enum value get (Prisma's script fails on such a row).
 */
export function withoutMends(statement: Statement): string {
  const tree = JSON.parse(canonicalStatement(statement.node)) as MendedTree
  const added = tree.AlterEnumStmt
  if (added !== undefined) {
    delete added.newValNeighbor
    delete added.newValIsAfter
  }
  for (const { AlterTableCmd: command } of tree.AlterTableStmt?.cmds ?? []) {
    const definition = command?.def?.ColumnDef
    if (command?.subtype === 'AT_AlterColumnType' && replacesEnum(definition)) delete definition?.raw_default
  }
  return JSON.stringify(tree)
}

interface MendedTree {
  readonly AlterEnumStmt?: { newValNeighbor?: string; newValIsAfter?: boolean }
  readonly AlterTableStmt?: { readonly cmds?: readonly { readonly AlterTableCmd?: TableCommand }[] }
}

interface TableCommand {
  readonly subtype?: string
  readonly def?: { readonly ColumnDef?: ColumnDefinition }
}

interface ColumnDefinition {
  raw_default?: unknown
  readonly typeName?: { readonly names?: readonly { readonly String?: { readonly sval?: string } }[] }
}

/** Prisma replaces an enum by one of the same name with `_new` behind it. */
function replacesEnum(definition: ColumnDefinition | undefined): boolean {
  return definition?.typeName?.names?.at(-1)?.String?.sval?.endsWith('_new') === true
}
