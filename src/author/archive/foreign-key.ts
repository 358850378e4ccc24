import { splitName } from '../../postgres/catalog/names.ts'
import type { SourceTable } from './archive.ts'

/** A foreign key, as its definition in the catalog tells it. Names are unquoted. */
export interface ForeignKey {
  readonly columns: readonly string[]
  readonly parent: SourceTable
  readonly references: readonly string[]
  /** `CASCADE` or `SET NULL` of all its columns; empty for any other rule. */
  readonly onDelete: string
}

/** Undefined for the definition of any other constraint. */
export function readForeignKey(definition: string): ForeignKey | undefined {
  const [, from, parent, to, rules = ''] =
    /^FOREIGN KEY \(([^)]*)\) REFERENCES (.+?)\(([^)]*)\)(.*)$/.exec(definition) ?? []
  if (from === undefined || parent === undefined || to === undefined) return undefined
  const names = (list: string): readonly string[] => list.split(', ').map((part) => splitName(part)[0] ?? '')
  const [, onDelete = ''] = /ON DELETE (CASCADE|SET NULL)(?! \()/.exec(rules) ?? []
  const [schema = '', name = ''] = splitName(parent)
  return { columns: names(from), parent: { schema, name }, references: names(to), onDelete }
}
