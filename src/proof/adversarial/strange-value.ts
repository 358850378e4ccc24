import { quoteLiteral } from '../../postgres/quote.ts'
import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'

/**
 * A value as SQL that no made row has, as for a key that points at nothing; undefined where the type has no room for
 * one, as an enum has not.
 */
export function strangeValue({ baseType, kind, arrayDimensions, maxLength }: ColumnFacts): string | undefined {
  if (kind !== 'scalar' || arrayDimensions > 0) return undefined
  if (/^(text|varchar|bpchar|citext)$/.test(baseType)) {
    return quoteLiteral('~tide-nobody~'.slice(0, maxLength ?? 13))
  }
  return values[baseType]
}

const values: Readonly<Record<string, string>> = {
  uuid: "'00000000-0000-4000-8000-00000000dead'",
  int2: '32749',
  int4: '2147480023',
  int8: '2147480023',
  numeric: '97',
  date: "'1901-02-03'",
  timestamp: "'1901-02-03 04:05:06'",
  timestamptz: "'1901-02-03 04:05:06+00'",
}
