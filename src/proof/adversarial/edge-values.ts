import { quoteLiteral } from '../../postgres/quote.ts'
import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import { isRecord } from './is-record.ts'

/**
 * Values as SQL at the edges of what an expression and a type tell apart: beside each constant of the expression, and
 * the extremes of the type.
 */
export function edgeValues(column: ColumnFacts, expression: unknown): readonly string[] {
  const { baseType, arrayDimensions, enumLabels, maxLength } = column
  if (arrayDimensions > 0) return ["'{}'", 'NULL']
  if (enumLabels !== undefined) return enumLabels.map((label) => quoteLiteral(label))
  const { numbers, texts } = constantsIn(expression)
  if (/^(int[248]|numeric|float[48]|money)$/.test(baseType)) {
    const beside = numbers.flatMap((number) => [String(number - 1), String(number + 1), String(number)])
    return [...new Set([...beside, '-1', '0', '1', '-30000', '30000'])]
  }
  if (/^(text|varchar|bpchar|citext)$/.test(baseType)) {
    const longest = Math.min(maxLength ?? 300, 300)
    const lengths = numbers.filter((number) => number > 0 && number <= 2000).map((number) => 'x'.repeat(number + 1))
    return ['~x~', '', 'x'.repeat(longest), ...texts.map((one) => `${one}~`), ...lengths].map((one) => quoteLiteral(one))
  }
  if (baseType === 'bool') return ['true', 'false']
  if (/^(date|timestamp|timestamptz)$/.test(baseType)) return ["'0001-01-01'", "'9999-12-31'", 'now()']
  if (/^jsonb?$/.test(baseType)) return ["'{}'", "'[]'", "'null'", `'"~x~"'`, '1']
  return []
}

/** The texts of an expression as values of a text column: `a = 'x'` asks for them. */
export function sameTexts(baseType: string, expression: unknown): readonly string[] {
  return /^(text|varchar|bpchar|citext)$/.test(baseType) ? constantsIn(expression).texts.map((one) => quoteLiteral(one)) : []
}

/** The texts that stand in an expression, in order. */
export function textsIn(expression: unknown): readonly string[] {
  return constantsIn(expression).texts
}

interface Constants {
  readonly numbers: readonly number[]
  readonly texts: readonly string[]
}

function constantsIn(tree: unknown): Constants {
  const numbers: number[] = []
  const texts: string[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item)
    if (!isRecord(node)) return
    const constant = node['A_Const']
    if (isRecord(constant)) {
      const { ival, fval, sval } = constant
      // The parser leaves a zero out.
      if (isRecord(ival)) numbers.push(typeof ival['ival'] === 'number' ? ival['ival'] : 0)
      if (isRecord(fval)) numbers.push(Number(fval['fval']))
      if (isRecord(sval) && typeof sval['sval'] === 'string') texts.push(sval['sval'])
    }
    for (const value of Object.values(node)) visit(value)
  }
  visit(tree)
  return { numbers: numbers.filter((number) => Number.isFinite(number)), texts }
}
