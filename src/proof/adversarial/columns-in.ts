import { isRecord } from './is-record.ts'

/** The columns that a piece of a syntax tree speaks of, each once: those of indexes and of expressions. */
export function columnsIn(tree: unknown): readonly string[] {
  const found = new Set<string>()
  visit(tree, found)
  return [...found]
}

function visit(tree: unknown, found: Set<string>): void {
  if (Array.isArray(tree)) for (const item of tree) visit(item, found)
  if (!isRecord(tree)) return
  for (const [key, value] of Object.entries(tree)) {
    if (key === 'IndexElem' && isRecord(value) && typeof value['name'] === 'string') found.add(value['name'])
    if (key === 'ColumnRef' && isRecord(value)) {
      const name = lastText(value['fields'])
      if (name !== undefined) found.add(name)
    }
    visit(value, found)
  }
}

/** `c` of `a.b.c`; nothing of `t.*`. */
function lastText(fields: unknown): string | undefined {
  const last: unknown = Array.isArray(fields) ? fields.at(-1) : undefined
  const text = isRecord(last) && isRecord(last['String']) ? last['String']['sval'] : undefined
  return typeof text === 'string' ? text : undefined
}
