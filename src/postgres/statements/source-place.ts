import type { Statement } from './statement.ts'
import type { FailurePlace } from '../../errors/failure.ts'

/** A place in a text: line and column from 1, the column in characters. */
interface SourcePlace {
  readonly line: number
  readonly column: number
}

/** Line and column of an offset in UTF-16 code units. */
function placeInSource(source: string, offset: number): SourcePlace {
  const before = source.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: [...before.slice(lineStart)].length + 1 }
}

/** The whole place of a failure: file, line, column, and the line with a caret under it. */
export function failurePlace(file: string, source: string, offset: number): FailurePlace {
  return { file, ...placeInSource(source, offset), excerpt: excerptAt(source, offset) }
}

/** A place inside a statement, as a place of its file. */
export function placeInStatement(statement: Statement, offset = 0): FailurePlace {
  const { line, column } = placeInSource(statement.text, offset)
  return {
    file: statement.file,
    line: statement.line + line - 1,
    column: line === 1 ? statement.column + column - 1 : column,
    excerpt: excerptAt(statement.text, offset, statement.line),
  }
}

/**
 * The line before, the line itself, and a caret under the character at the offset; long lines are cut around it.
 * @param firstLine the number of the text's first line
 */
function excerptAt(source: string, offset: number, firstLine = 1): string {
  const { line, column } = placeInSource(source, offset)
  const lines = source.split('\n')
  const last = firstLine + line - 1
  const width = String(last).length
  const gutter = (number: string): string => `${number.padStart(width)} | `
  const shown = (lines[line - 1] ?? '').replace(/\r$/, '')
  const { text, caret } = cutAround([...shown], column - 1)
  const before = line > 1 ? [(lines[line - 2] ?? '').replace(/\r$/, '')] : []
  return [
    ...before.map((one) => gutter(String(last - 1)) + [...one].slice(0, longestLine).join('')),
    gutter(String(last)) + text,
    gutter('') + caret,
  ].join('\n')
}

const longestLine = 100

/** Tabs stay tabs before the caret, so that it stands under its character whatever their width. */
function cutAround(characters: readonly string[], at: number): { readonly text: string; readonly caret: string } {
  const start = at < longestLine - 10 ? 0 : at - longestLine / 2
  const part = characters.slice(start, start + longestLine)
  const head = start > 0 ? '…' : ''
  const tail = start + longestLine < characters.length ? '…' : ''
  const pad = part.slice(0, at - start).map((character) => (character === '\t' ? '\t' : ' '))
  return { text: head + part.join('') + tail, caret: `${head === '' ? '' : ' '}${pad.join('')}^` }
}
