import type { Node, RawStmt } from 'libpg-query'
import { statementSyntax } from './errors.ts'
import { loadParser } from './parser.ts'
import { failurePlace } from './source-place.ts'
import type { Statement } from './statement.ts'
import { byteOffsets, characterOffset } from './text-offsets.ts'
import { type Failure, withCause } from '../../errors/failure.ts'

/**
 * The statements of an SQL text, in order, by PostgreSQL's own parser (that of version 18).
 * Comments and blanks between statements belong to none.
 * @param file where the text was read from, for messages
 * @throws STATEMENT_SYNTAX with line, column and a caret
 */
export async function parseStatements(sql: string, file: string): Promise<readonly Statement[]> {
  if (sql.trim() === '') return []
  const zero = sql.indexOf('\0')
  if (zero !== -1) throw statementSyntax('a NUL character', failurePlace(file, sql, zero))
  const parser = await loadParser()
  const raw = parseRaw(parser.parseSync, sql, file)
  const offsetOf = byteOffsets(sql)
  const lines = lineCounter(sql)
  return raw.map((one) => {
    // A statement without a length is the last one: it goes to the end of the text.
    const start = offsetOf(one.stmt_location ?? 0)
    const end = one.stmt_len === undefined ? sql.length : offsetOf((one.stmt_location ?? 0) + one.stmt_len)
    const text = sql.slice(start, end)
    const begin = start + (text.length - text.trimStart().length)
    const node: Node = one.stmt ?? { String: {} }
    return { text: text.trim(), file, start: begin, ...lines(begin), node, kind: Object.keys(node)[0] ?? '' }
  })
}

function parseRaw(parse: (sql: string) => { stmts?: RawStmt[] }, sql: string, file: string): readonly RawStmt[] {
  try {
    return parse(sql).stmts ?? []
  } catch (error) {
    throw withCause(explainSyntaxError(error, sql, file), error)
  }
}

/** Unlike the positions in its trees, the parser's error positions count characters, here from 0. */
function explainSyntaxError(error: unknown, sql: string, file: string): Failure {
  const message = error instanceof Error ? error.message : String(error)
  const details: unknown = error instanceof Error && 'sqlDetails' in error ? error.sqlDetails : undefined
  const position =
    typeof details === 'object' && details !== null && 'cursorPosition' in details ? Number(details.cursorPosition) : 0
  return statementSyntax(message, failurePlace(file, sql, characterOffset(sql, position + 1)))
}

/** Line and column of ascending offsets, without counting from the beginning each time. */
function lineCounter(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  let line = 1
  let lineStart = 0
  return (offset) => {
    for (let next = text.indexOf('\n', lineStart); next !== -1 && next < offset; next = text.indexOf('\n', lineStart)) {
      line++
      lineStart = next + 1
    }
    return { line, column: [...text.slice(lineStart, offset)].length + 1 }
  }
}
