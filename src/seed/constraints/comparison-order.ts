import type { ColumnComparison } from './domain.ts'

/**
 * The columns of comparisons, each before those that are best made from it: factors before their product, parts before
 * their sum, a start before its end.
 */
export function comparisonOrder(comparisons: readonly ColumnComparison[]): readonly string[] {
  const columns = [...new Set(comparisons.flatMap(({ terms }) => terms.flatMap((term) => term.columns)))]
  const before = new Map(columns.map((column) => [column, new Set<string>()]))
  const put = (first: string, second: string): void => {
    if (first !== second) before.get(second)?.add(first)
  }
  for (const comparison of comparisons) {
    for (const [first, second] of orderWithin(comparison)) put(first, second)
  }
  const order: string[] = []
  while (order.length < columns.length) {
    const waiting = columns.filter((column) => !order.includes(column))
    const isFree = (column: string): boolean => [...(before.get(column) ?? [])].every((other) => order.includes(other))
    // Where they go in a circle, any will do: every domain leaves room for the rest.
    order.push(waiting.find(isFree) ?? waiting[0] ?? '')
  }
  return order
}

function orderWithin({ terms, operator }: ColumnComparison): readonly (readonly [string, string])[] {
  const parts = terms.filter((term) => term.columns.length > 0)
  const all = [...new Set(parts.flatMap((term) => term.columns))]
  const single = (term: (typeof parts)[number]): boolean =>
    term.columns.length === 1 && parts.every((other) => other === term || !other.columns.includes(term.columns[0] ?? ''))
  if (operator === '=' || operator === '<>') {
    // What stands alone on its side is made from the others.
    const signs = (isNegative: boolean): number =>
      parts.filter(({ coefficient }) => coefficient.startsWith('-') === isNegative).length
    const alone = parts.filter(single)
    const result = alone.find(({ coefficient }) => signs(coefficient.startsWith('-')) === 1) ?? alone[0]
    const last = result?.columns[0]
    return last === undefined ? [] : all.filter((column) => column !== last).map((column) => [column, last])
  }
  const [lower, upper] = [false, true].map((isNegative) =>
    parts.filter(({ coefficient }) => coefficient.startsWith('-') === isNegative).flatMap((term) => term.columns),
  )
  return (lower ?? []).flatMap((first) => (upper ?? []).map((second) => [first, second] as const))
}
