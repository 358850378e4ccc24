import type { CommitGroup } from './commit-groups.ts'
import { parseStatements } from './parse-statements.ts'
import { loadParser } from './parser.ts'

/**
 * True where a file surely is one commit group, and so need not be divided: none of its words can belong to a
 * statement that refuses a transaction, to a new enum value or to transaction control. A word in a comment or in a
 * name only costs the parsing.
 */
export function isSurelyOneGroup(sql: string): boolean {
  return !mayNeedGroups.test(sql)
}

const mayNeedGroups = new RegExp(
  `\\b(${[
    ...['concurrently', 'vacuum', 'reindex', 'cluster', 'database', 'system', 'tablespace', 'subscription', 'discard'],
    ...['value', 'begin', 'start', 'transaction', 'commit', 'end', 'rollback', 'abort', 'prepare', 'prepared'],
  ].join('|')})\\b`,
  'i',
)

/**
 * A file as one commit group that is not divided into statements. Its syntax is checked all the same.
 * @throws STATEMENT_SYNTAX
 */
export async function wholeFile(sql: string, file: string): Promise<CommitGroup> {
  const { parseSync } = await loadParser()
  // Parsing gives the place of an error, and has the last word.
  if (!isReadToItsEnd(parseSync, sql)) await parseStatements(sql, file)
  return { statements: [], transactional: true, whole: { text: sql, file } }
}

/**
 * True where the parser stumbles over nothing but a word that is put behind the text. It stops there without having
 * written down its tree, which takes most of the time of parsing.
 */
function isReadToItsEnd(parse: (sql: string) => unknown, sql: string): boolean {
  // A NUL character ends the text for the parser, so that it would not see the rest.
  if (sql.includes('\0') || sql.includes(stumblingBlock)) return false
  try {
    parse(`${sql}\n;${stumblingBlock}`)
    return false
  } catch (error) {
    return error instanceof Error && error.message === `syntax error at or near "${stumblingBlock}"`
  }
}

const stumblingBlock = 'tide_end_of_file'
