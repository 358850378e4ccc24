import type { Statement } from '../../src/postgres/statements/statement.ts'

/** A rename that a person wrote as SQL, by the names of the database before and after the whole migration. */
export type PersonRename =
  | { readonly kind: 'table' | 'type'; readonly from: string; readonly to: string }
  /** `ownerBefore` and `ownerAfter` are the table's or the enum's names. */
  | {
      readonly kind: 'column' | 'value'
      readonly ownerBefore: string
      readonly ownerAfter: string
      readonly from: string
      readonly to: string
    }

/** The renames of tables, columns, types and enum values in a migration; several renames of one thing are one. */
export function personRenames(statements: readonly Statement[]): readonly PersonRename[] {
  const owners = { table: new Map<string, string>(), type: new Map<string, string>() }
  const parts: { readonly kind: 'column' | 'value'; readonly owner: string; from: string; to: string }[] = []
  const first = (kind: 'table' | 'type', name: string): string => owners[kind].get(name) ?? name
  for (const { node } of statements) {
    const rename = readRename(node)
    if (rename === undefined) continue
    if (!('owner' in rename)) {
      owners[rename.kind].set(rename.to, first(rename.kind, rename.from))
      owners[rename.kind].delete(rename.from)
    } else {
      const owner = first(rename.kind === 'column' ? 'table' : 'type', rename.owner)
      const earlier = parts.find((part) => part.kind === rename.kind && part.owner === owner && part.to === rename.from)
      if (earlier === undefined) parts.push({ kind: rename.kind, owner, from: rename.from, to: rename.to })
      else earlier.to = rename.to
    }
  }
  const last = (kind: 'table' | 'type', name: string): string =>
    [...owners[kind]].find(([, before]) => before === name)?.[0] ?? name
  return [
    ...[...owners.table].map(([to, from]): PersonRename => ({ kind: 'table', from, to })),
    ...[...owners.type].map(([to, from]): PersonRename => ({ kind: 'type', from, to })),
    ...parts.map(({ kind, owner, from, to }): PersonRename => {
      return { kind, ownerBefore: owner, ownerAfter: last(kind === 'column' ? 'table' : 'type', owner), from, to }
    }),
  ]
}

type ReadRename =
  | { readonly kind: 'table' | 'type'; readonly from: string; readonly to: string }
  | { readonly kind: 'column' | 'value'; readonly owner: string; readonly from: string; readonly to: string }

function readRename(node: Statement['node']): ReadRename | undefined {
  if ('AlterEnumStmt' in node) {
    const { typeName, oldVal, newVal } = node.AlterEnumStmt
    if (oldVal === undefined || newVal === undefined) return undefined
    return { kind: 'value', owner: lastName(typeName), from: oldVal, to: newVal }
  }
  if (!('RenameStmt' in node)) return undefined
  const { renameType, relation, subname = '', newname = '', object } = node.RenameStmt
  const table = relation?.relname ?? ''
  if (renameType === 'OBJECT_COLUMN') return { kind: 'column', owner: table, from: subname, to: newname }
  if (renameType === 'OBJECT_TABLE') return { kind: 'table', from: table, to: newname }
  if (renameType !== 'OBJECT_TYPE' || object === undefined || !('List' in object)) return undefined
  return { kind: 'type', from: lastName(object.List.items), to: newname }
}

/** The name without its schema. */
function lastName(names: readonly unknown[] | undefined): string {
  const last = names?.at(-1) as { readonly String?: { readonly sval?: string } } | undefined
  return last?.String?.sval ?? ''
}
