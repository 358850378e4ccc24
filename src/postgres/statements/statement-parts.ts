import type { ScanToken } from 'libpg-query'
import { loadParser } from './parser.ts'
import { byteOffsets } from './text-offsets.ts'

/** The text of a statement, cut where its commas and parentheses are: for expressions, which a tree does not write. */
export interface StatementParts {
  /** The commands of an ALTER TABLE, in order, as they are written. */
  readonly commands: readonly string[]
  /** What stands in the first parentheses that follow a word such as CHECK, cut at its commas. */
  inParentheses(after: string | undefined): readonly string[]
  /** The same without what follows an expression: `lower(email)` of `lower(email) text_pattern_ops DESC`. */
  expressionsIn(after: string | undefined): readonly string[]
  /** What follows a word that stands outside all parentheses, such as WHERE, up to the end. */
  after(word: string): string | undefined
}

/** Cuts one statement that the parser has taken. */
export async function statementParts(text: string): Promise<StatementParts> {
  const { scanSync } = await loadParser()
  const offsetOf = byteOffsets(text)
  const tokens = withDepth(
    scanSync(text).tokens.map((token) => ({ ...token, start: offsetOf(token.start), end: offsetOf(token.end) })),
  )
  const cut = (part: readonly DeepToken[]): string => text.slice(part[0]?.start ?? 0, part.at(-1)?.end ?? 0)
  const listAfter = (word: string | undefined): readonly (readonly DeepToken[])[] => {
    const from = word === undefined ? 0 : tokens.findIndex((token) => isWord(token, word))
    const open = from < 0 ? -1 : tokens.findIndex((token, at) => at >= from && token.text === '(')
    const depth = tokens[open]?.depth
    if (depth === undefined) return []
    const close = tokens.findIndex((token, at) => at > open && token.text === ')' && token.depth === depth)
    return splitAt(tokens.slice(open + 1, close), depth + 1)
  }
  const place = (word: string): number => tokens.findIndex((token) => token.depth === 0 && isWord(token, word))
  return {
    commands: splitAt(tokens, 0).map(cut),
    inParentheses: (after) => listAfter(after).map(cut),
    expressionsIn: (after) => listAfter(after).map((part) => cut(headOf(part))),
    after: (word) => {
      const at = place(word)
      return at < 0 ? undefined : cut(tokens.slice(at + 1))
    },
  }
}

interface DeepToken extends ScanToken {
  /** How many parentheses are open around it; a parenthesis itself counts as outside. */
  readonly depth: number
}

function withDepth(tokens: readonly ScanToken[]): readonly DeepToken[] {
  let depth = 0
  return tokens
    .filter(({ text }) => !text.startsWith('--') && !text.startsWith('/*'))
    .map((token) => {
      if (token.text === ')') depth--
      const deep = { ...token, depth }
      if (token.text === '(') depth++
      return deep
    })
}

function splitAt(tokens: readonly DeepToken[], depth: number): readonly (readonly DeepToken[])[] {
  const parts: DeepToken[][] = [[]]
  for (const token of tokens) {
    if (token.text === ',' && token.depth === depth) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/** An expression of an index is a call or stands in parentheses; else there is a column alone at its head. */
function headOf(part: readonly DeepToken[]): readonly DeepToken[] {
  const depth = part[0]?.depth
  const close = part.findIndex((token) => token.text === ')' && token.depth === depth)
  return part.slice(0, close < 0 ? 1 : close + 1)
}

function isWord({ text, keywordKind }: ScanToken, word: string): boolean {
  return keywordKind > 0 && text.toUpperCase() === word
}
