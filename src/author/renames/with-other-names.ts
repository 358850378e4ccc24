import type { RangeVar } from 'libpg-query'
import { quoteIdentifier } from '../../postgres/quote.ts'
import { loadParser } from '../../postgres/statements/parser.ts'
import { findOldNames } from './find-old-names.ts'
import type { NamesBefore } from './names-before.ts'
import { type ScopeItem, tableItem } from './query-scope.ts'

export type { NamesBefore } from './names-before.ts'

/**
 * A statement with other names for what it speaks of: what `names` tells of a name is written in its place.
 * @param range the table that the statement is about
 */
export function statementWithOtherNames(
  text: string,
  range: RangeVar | undefined,
  names: NamesBefore,
): Promise<string> {
  return withOtherNames(text, range === undefined ? undefined : tableItem({ ...range }, new Map(), names), names)
}

/**
 * A text of SQL with other names, each where the text means it.
 * @param row what the names outside of all queries are of
 */
export async function withOtherNames(text: string, row: ScopeItem | undefined, names: NamesBefore): Promise<string> {
  const { parseSync, scanSync } = await loadParser()
  const found = findOldNames(parseSync(text), row, names)
  if (found.length === 0) return text
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
  return Buffer.concat([...parts, bytes.subarray(done)]).toString()
}
