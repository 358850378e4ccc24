import { quoteLiteral } from '../../postgres/quote.ts'
import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import { textsIn } from './edge-values.ts'
import { strangeValue } from './strange-value.ts'

/**
 * Values as SQL that two rows can be given so that they are the same, or overlap, to an expression; empty where none is
 * known. Of JSON those that have what the expression looks for: the texts in it, one within the other, or beside it.
 */
export function sampleValues(column: ColumnFacts, expression: unknown): readonly string[] {
  const { arrayDimensions, baseType, enumLabels } = column
  if (arrayDimensions > 0) return []
  if (enumLabels !== undefined) return enumLabels.slice(0, 1).map((label) => quoteLiteral(label))
  if (/^jsonb?$/.test(baseType)) return jsonFor(textsIn(expression))
  const known = others[baseType] ?? strangeValue(column)
  return known === undefined ? [] : [known]
}

function jsonFor(names: readonly string[]): readonly string[] {
  const beside = Object.fromEntries(names.map((name) => [name, '7']))
  const within = names.reduceRight<unknown>((value, name) => ({ [name]: value }), '7')
  return [...new Set([beside, within].map((one) => quoteLiteral(JSON.stringify(one))))]
}

const others: Readonly<Record<string, string>> = {
  bool: 'true',
  float4: '97',
  float8: '97',
  money: '97',
  inet: "'192.0.2.7'",
  cidr: "'192.0.2.0/24'",
  time: "'07:07'",
  interval: "'7 days'",
  point: "'(7,7)'",
  box: "'(1,1),(7,7)'",
  circle: "'<(7,7),7>'",
  int4range: "'[1,7)'",
  int8range: "'[1,7)'",
  numrange: "'[1,7)'",
  daterange: "'[2026-01-01,2026-01-07)'",
  tsrange: "'[2026-01-01,2026-01-07)'",
  tstzrange: "'[2026-01-01 00:00+00,2026-01-07 00:00+00)'",
}
