import { spokenName } from '../../postgres/catalog/names.ts'

/** Visits every node of a parse tree, each under its kind (`InsertStmt`, `FuncCall`, …). */
export function walkTree(tree: unknown, visit: (kind: string, node: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(tree)) {
    for (const item of tree) walkTree(item, visit)
  } else if (isRecord(tree)) {
    for (const [key, value] of Object.entries(tree)) {
      if (isRecord(value) && /^[A-Z]/.test(key)) visit(key, value)
      walkTree(value, visit)
    }
  }
}

/** True for an object of a syntax tree. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list of `String` nodes, such as a qualified name, as text. */
export function namesIn(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    const text = isRecord(item) && isRecord(item['String']) ? item['String']['sval'] : undefined
    return typeof text === 'string' ? [text] : []
  })
}

/** `schema.table` of a `RangeVar` as people say it, with the schema of the session where the script names none. */
export function relationName(range: unknown, defaultSchema: string): string {
  if (!isRecord(range)) return ''
  const { schemaname, relname } = range
  return spokenName([typeof schemaname === 'string' ? schemaname : defaultSchema, typeof relname === 'string' ? relname : ''])
}
