import { isRecord } from './is-record.ts'

/** The column, without its table, where an expression of a syntax tree is one and nothing else. */
export function columnOf(tree: unknown): string | undefined {
  const reference = isRecord(tree) ? tree['ColumnRef'] : undefined
  const fields: unknown = isRecord(reference) ? reference['fields'] : undefined
  const last: unknown = Array.isArray(fields) ? fields.at(-1) : undefined
  const text = isRecord(last) && isRecord(last['String']) ? last['String']['sval'] : undefined
  return typeof text === 'string' ? text : undefined
}
