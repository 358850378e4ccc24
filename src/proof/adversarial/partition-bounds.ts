import type { PartitionBoundSpec } from 'libpg-query'
import type { StatementParts } from '../../postgres/statements/statement-parts.ts'

/**
 * SQL that is true for a row that a partition takes, NULL or false for others; undefined where that is not known, as of
 * hashes and of the partition for all the rest.
 * @param key SQL of the values that tell the partition
 * @param parts of the statement that has the bounds
 */
export function isInPartition(
  bound: PartitionBoundSpec,
  key: readonly string[],
  parts: StatementParts,
): string | undefined {
  if (bound.is_default === true || key.length === 0) return undefined
  if (bound.strategy === 'r') {
    const tests = [limit(key, parts.inParentheses('FROM'), from), limit(key, parts.inParentheses('TO'), to)]
    const present = key.map((one) => `${one} IS NOT NULL`)
    return [...present, ...tests.filter((test) => test !== '')].join(' AND ')
  }
  const [only] = key
  if (bound.strategy !== 'l' || only === undefined || key.length > 1) return undefined
  const values = parts.inParentheses('IN')
  const isNull = values.some((value) => value.toUpperCase() === 'NULL')
  const others = values.filter((value) => value.toUpperCase() !== 'NULL')
  const tests = [...(isNull ? [`${only} IS NULL`] : []), ...(others.length > 0 ? [`${only} IN (${others.join(', ')})`] : [])]
  return tests.length === 1 ? tests.join('') : `(${tests.join(' OR ')})`
}

interface Side {
  readonly compare: string
  /** What stands for the compared values where the next of the limit is MINVALUE or MAXVALUE. */
  readonly beforeMin: string
  readonly beforeMax: string
}

const from: Side = { compare: '>=', beforeMin: '>=', beforeMax: '>' }
const to: Side = { compare: '<', beforeMin: '<', beforeMax: '<=' }

/** Rows are compared from the left, and nothing counts behind MINVALUE or MAXVALUE; empty: all are within. */
function limit(key: readonly string[], values: readonly string[], side: Side): string {
  const open = values.findIndex((value) => /^(min|max)value$/i.test(value))
  const [left, right] = [key, values].map((list) => list.slice(0, open < 0 ? key.length : open))
  if (left === undefined || right === undefined || right.length === 0) return ''
  const isMax = /^max/i.test(values[open] ?? '')
  const compare = open < 0 ? side.compare : isMax ? side.beforeMax : side.beforeMin
  const row = (list: readonly string[]): string => (list.length === 1 ? list.join('') : `(${list.join(', ')})`)
  return `${row(left)} ${compare} ${row(right)}`
}
