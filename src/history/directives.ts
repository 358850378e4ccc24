import { nearestName } from '../errors/nearest-name.ts'
import { directiveInvalid, directiveUnknown } from './errors.ts'

/** What a directive can be about. docs/directives.md says what each one means. */
export type DirectiveVerb = (typeof verbs)[number]

const verbs = ['rename', 'delete', 'fill', 'cast', 'map', 'phase', 'allow', 'incomplete', 'archive', 'draft'] as const

/** `-- tide: VERB word key=value key="quoted value"`: what a person decided, kept where reviewers read it. */
export interface Directive {
  readonly verb: DirectiveVerb
  readonly words: readonly string[]
  readonly values: Readonly<Record<string, string>>
  /** Counts from 1. */
  readonly line: number
}

/**
 * The directives in the head of a file: the comments before its first statement.
 * @param file named in the failures
 * @throws HISTORY_DIRECTIVE_UNKNOWN, HISTORY_DIRECTIVE_INVALID
 */
export function parseDirectives(sql: string, file: string): readonly Directive[] {
  // Most files of a long history have none.
  if (!sql.includes('tide:')) return []
  return headLines(sql).flatMap(({ text, line }) => {
    const content = /^--\s*tide:(.*)$/.exec(text)?.[1]
    return content === undefined ? [] : [parseDirective(content.trim(), file, line)]
  })
}

/** The line that `parseDirectives` reads back as this directive. */
export function renderDirective(directive: Omit<Directive, 'line'>): string {
  const { [directive.verb]: own, ...others } = directive.values
  const parts = [
    own === undefined ? directive.verb : `${directive.verb}=${quoteIfNeeded(own)}`,
    ...directive.words.map(quoteIfNeeded),
    ...Object.entries(others).map(([key, value]) => `${key}=${quoteIfNeeded(value)}`),
  ]
  return `-- tide: ${parts.join(' ')}`
}

/** The `--` lines of the head. Prisma's own warnings stand there in a block comment, which is stepped over. */
function headLines(sql: string): readonly { text: string; line: number }[] {
  const lines: { text: string; line: number }[] = []
  let inBlock = false
  for (const [index, whole] of sql.split('\n', headLimit).entries()) {
    let text = whole.trim()
    if (!inBlock && text.startsWith('/*')) inBlock = true
    if (inBlock) {
      const end = text.indexOf('*/')
      if (end === -1) continue
      inBlock = false
      text = text.slice(end + 2).trim()
    }
    if (text !== '' && !text.startsWith('--')) break
    lines.push({ text, line: index + 1 })
  }
  return lines
}

/** Longer heads do not occur, and a file of a hundred megabytes is not split into its lines. */
const headLimit = 2000

function parseDirective(content: string, file: string, line: number): Directive {
  const tokens = tokenize(content, file, line)
  const [first] = tokens
  const name = first?.key ?? first?.text ?? ''
  const verb = verbs.find((known) => known === name)
  if (verb === undefined) throw directiveUnknown(file, line, name, nearestName(name, verbs), verbs)

  const words = tokens.slice(1).flatMap((token) => (token.key === undefined ? [token.text] : []))
  const values: Record<string, string> = {}
  for (const { key, text } of tokens) {
    if (key === undefined) continue
    if (Object.hasOwn(values, key)) throw directiveInvalid(file, line, `"${key}" is given twice.`, 'Keep one of them.')
    values[key] = text
  }
  checkShape(verb, words, values, file, line)
  return { verb, words, values, line }
}

/** An unquoted value ends at its first space; the rest would be lost without a word. */
function checkShape(
  verb: DirectiveVerb,
  words: readonly string[],
  values: Readonly<Record<string, string>>,
  file: string,
  line: number,
): void {
  if (verbsOfPairs.has(verb) && words.length > 0) {
    const reason = `"${verb}" takes key=value, and "${words.join(' ')}" is none.`
    throw directiveInvalid(file, line, reason, `Put a value that has spaces in quotes: ${verb} key="a value".`)
  }
  if (verb === 'allow' && (words.length === 0 || (values['reason'] ?? '').trim() === '')) {
    const reason = words.length === 0 ? '"allow" does not say what.' : '"allow" gives no reason.'
    throw directiveInvalid(file, line, reason, 'Write -- tide: allow lossy reason="…": whoever reads it wants to know why.')
  }
  if (verb === 'incomplete' && (values['reason'] ?? '').trim() === '') {
    throw directiveInvalid(file, line, '"incomplete" gives no reason.', 'Write -- tide: incomplete reason="…".')
  }
}

const verbsOfPairs: ReadonlySet<DirectiveVerb> = new Set(['fill', 'cast', 'map', 'phase', 'incomplete'])

interface Token {
  readonly key?: string
  readonly text: string
}

function tokenize(content: string, file: string, line: number): readonly Token[] {
  const tokens: Token[] = []
  const token = /(?:([^\s="]+)=)?(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"]\S*|(?<==)(?=\s|$)))\s*/y
  while (token.lastIndex < content.length) {
    const match = token.exec(content)
    if (match === null) {
      throw directiveInvalid(
        file,
        line,
        'A quoted value does not end, or something is glued to its end.',
        String.raw`Close the quote; inside it write \" for a quote, \\ for a backslash and \n for a new line.`,
      )
    }
    const [, key, quoted, bare] = match
    const text = quoted === undefined ? (bare ?? '') : unescape(quoted)
    tokens.push(key === undefined ? { text } : { key, text })
  }
  return tokens
}

function unescape(quoted: string): string {
  return quoted.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
}

function quoteIfNeeded(text: string): string {
  if (/^[^\s="\\]+$/.test(text)) return text
  const escaped = text.replaceAll(/["\\]/g, (character) => `\\${character}`)
  return `"${escaped.replaceAll('\r\n', '\\n').replaceAll(/[\r\n]/g, '\\n')}"`
}
