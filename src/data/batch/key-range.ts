import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'

/** A column of the key that batches follow. */
export interface KeyColumn {
  readonly name: string
  /** As `format_type` writes it without length or precision: what a text of it is cast to. */
  readonly type: string
}

/** The columns that batches follow, in the order of their index. */
export type BatchKey = readonly KeyColumn[]

/** One key, as the texts of its columns. */
export type KeyValue = readonly string[]

/** Rows after `from` up to `to`, both of them keys; undefined where that side is open. */
export interface KeyRange {
  readonly from: KeyValue | undefined
  readonly to: KeyValue | undefined
}

/** The condition that holds a query to a range, as SQL with literals. `prefix` is a table's name or an alias. */
export function rangeSql(key: BatchKey, range: KeyRange, prefix: string): string {
  const columns = tupleSql(key.map(({ name }) => `${quoteIdentifier(prefix)}.${quoteIdentifier(name)}`))
  const parts = [
    ...(range.from === undefined ? [] : [`${columns} > ${valueSql(key, range.from)}`]),
    ...(range.to === undefined ? [] : [`${columns} <= ${valueSql(key, range.to)}`]),
  ]
  return parts.length === 0 ? 'true' : `(${parts.join(' AND ')})`
}

/** The key's columns as one array of texts: how keys are read, and kept. */
export function keyTextSql(key: BatchKey, prefix: string): string {
  return `ARRAY[${key.map(({ name }) => `${quoteIdentifier(prefix)}.${quoteIdentifier(name)}::text`).join(', ')}]`
}

/** The key's columns, separated by commas: for ORDER BY and SELECT. */
export function keyColumnsSql(key: BatchKey, prefix: string): string {
  return key.map(({ name }) => `${quoteIdentifier(prefix)}.${quoteIdentifier(name)}`).join(', ')
}

/** The condition that a row has this key, as SQL with literals. */
export function keyIsSql(key: BatchKey, value: KeyValue, prefix: string): string {
  return `${tupleSql(key.map(({ name }) => `${quoteIdentifier(prefix)}.${quoteIdentifier(name)}`))} = ${valueSql(key, value)}`
}

/** A key as SQL: literals of the columns' types, so that an index is used and the server's order holds. */
function valueSql(key: BatchKey, value: KeyValue): string {
  return tupleSql(key.map(({ type }, index) => `${quoteLiteral(value[index] ?? '')}::${type}`))
}

/** For people: `id 42`, `orderId 7, line 3`. */
export function describeKey(key: readonly string[], value: KeyValue): string {
  return key.map((name, index) => `${name} ${value[index] ?? ''}`).join(', ')
}

function tupleSql(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(', ')})`
}
