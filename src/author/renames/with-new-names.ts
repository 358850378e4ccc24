import { loadParser } from '../../postgres/statements/parser.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { ObjectName } from '../script/operation.ts'
import type { NamesBefore } from './names-before.ts'
import { findOldNames } from './find-old-names.ts'

/**
 * An expression over a row as it was before the answered renames, as it must be written after them: columns, tables
 * and enums by their new names, also in sub-selects, each where the text means it. A name that is there now stays.
 * @param expression one that PostgreSQL can parse
 * @param row the table whose row it is over, as it is called now
 */
export async function withNewNames(expression: string, row: ObjectName, names: NamesBefore): Promise<string> {
  const { parseSync, scanSync } = await loadParser()
  const text = `${begin}${expression}${end}`
  const found = findOldNames(parseSync(text), row, names)
  if (found.length === 0) return expression
  // The parser counts bytes.
  const bytes = Buffer.from(text)
  const tokens = scanSync(text).tokens.filter(({ tokenName }) => !tokenName.endsWith('COMMENT'))
  const parts: Buffer[] = []
  let done = 0
  for (const { location, name } of [...found].sort((a, b) => a.location - b.location)) {
    const first = tokens.findIndex(({ start }) => start === location)
    if (first === -1) continue
    let last = first
    while (tokens[last + 1]?.text === '.' && tokens[last + 2]?.text !== '*') last += 2
    parts.push(bytes.subarray(done, location), Buffer.from(name.map(quoteIdentifier).join('.')))
    done = tokens[last]?.end ?? bytes.length
  }
  const whole = Buffer.concat([...parts, bytes.subarray(done)]).toString()
  return whole.slice(begin.length, -end.length)
}

/** A comment at the end of the expression must not swallow what closes it. */
const begin = 'SELECT ('
const end = '\n)'
