import type { Clause, ColumnDeclaration } from './operation.ts'

/** Reads the clauses of one of the engine's ALTER TABLE statements, given the text after the table's name. */
export function readClauses(text: string): readonly Clause[] {
  return splitAtCommas(text).map(readClause)
}

/** `"name" TYPE [NOT NULL] [DEFAULT …]`, as in CREATE TABLE and ADD COLUMN. */
export function readColumnDeclaration(text: string): ColumnDeclaration | undefined {
  const match = declaration.exec(text.trim())
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  return {
    column: unquote(match[1]),
    type: match[2].trim(),
    notNull: match[3] !== undefined,
    defaultText: match[4],
  }
}

/** Splits at commas outside quotes, parentheses and brackets. */
export function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '(' || character === '[') depth++
    else if (character === ')' || character === ']') depth--
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return [...parts, text.slice(start).trim()].filter((part) => part !== '')
}

/** The name within `"…"`. */
export function unquote(quoted: string): string {
  return quoted.startsWith('"') ? quoted.slice(1, -1).replaceAll('""', '"') : quoted
}

const identifier = /"(?:[^"]|"")+"/.source
const declaration = new RegExp(
  `^(${identifier})\\s+((?:${identifier}|[^"])+?)(\\s+NOT NULL)?(?:\\s+DEFAULT\\s+([\\s\\S]+))?$`,
)

function readClause(text: string): Clause {
  if (text.startsWith('ADD COLUMN')) {
    const column = readColumnDeclaration(text.slice('ADD COLUMN'.length))
    return column === undefined ? { kind: 'other', text } : { kind: 'add-column', ...column }
  }
  const match = columnClause.exec(text)
  if (match?.[2] === undefined) return { kind: 'other', text }
  const column = unquote(match[2])
  return match[1] === 'DROP' ? { kind: 'drop-column', column } : readAlterColumn(column, match[3] ?? '', text)
}

const columnClause = new RegExp(`^(DROP|ALTER) COLUMN\\s+(${identifier})\\s*([\\s\\S]*)$`)

function readAlterColumn(column: string, action: string, text: string): Clause {
  if (action === 'SET NOT NULL') return { kind: 'set-not-null', column }
  if (action === 'DROP NOT NULL') return { kind: 'drop-not-null', column }
  if (action === 'DROP DEFAULT') return { kind: 'drop-default', column }
  const expression = /^SET DEFAULT\s+([\s\S]+)$/.exec(action)?.[1]
  if (expression !== undefined) return { kind: 'set-default', column, expression }
  const type = /^SET DATA TYPE\s+([\s\S]+)$/.exec(action)?.[1]
  return type === undefined ? { kind: 'other', text } : { kind: 'set-type', column, type, using: undefined }
}
