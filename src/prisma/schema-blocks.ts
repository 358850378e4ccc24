/** `name = value` in a `datasource` or `generator` block. Offsets count UTF-16 units of the schema text. */
export interface SchemaProperty {
  readonly name: string
  /** The value as written, without the comment behind it: `env("DATABASE_URL")`, `["public", "audit"]`. */
  readonly valueText: string
  /** Where the name begins. */
  readonly start: number
  /** One past the value's last character; a comment behind it is not part of it. */
  readonly end: number
}

/** A top-level block of a schema: `keyword name { … }`. */
export interface SchemaBlock {
  readonly keyword: string
  readonly name: string
  /** Of `datasource` and `generator`; empty for every other keyword, whose lines are no `name = value`. */
  readonly properties: readonly SchemaProperty[]
  /** Where the keyword begins. */
  readonly start: number
  /** One past the closing brace; the end of the text where the brace is missing. */
  readonly end: number
}

/**
 * The top-level blocks of a schema's text, in its order. Comments and strings are stepped over,
 * so a block that is commented out is none. It judges nothing: the engine reports what is wrong.
 */
export function readSchemaBlocks(text: string): readonly SchemaBlock[] {
  const blocks: SchemaBlock[] = []
  let at = 0
  while (at < text.length) {
    const head = matchAt(/([\p{L}\p{N}_-]+)\s+([\p{L}\p{N}_-]+)\s*\{/uy, text, at)
    if (head === undefined) {
      at = matchAt(word, text, at)?.end ?? stepOver(text, at)
      continue
    }
    const [keyword = '', name = ''] = head.groups
    const end = closingBrace(text, head.end)
    const properties = configurationKeywords.has(keyword) ? readProperties(text, head.end, end) : []
    blocks.push({ keyword, name, properties, start: at, end })
    at = end
  }
  return blocks
}

const configurationKeywords = new Set(['datasource', 'generator'])
const word = /[\p{L}\p{N}_-]+/uy

/** One past the brace that closes the block whose body starts at `at`. */
function closingBrace(text: string, at: number): number {
  let depth = 1
  for (;;) {
    landmark.lastIndex = at
    const next = landmark.exec(text)
    if (next === null) return text.length
    if (next[0] === '{') depth++
    if (next[0] === '}' && --depth === 0) return next.index + 1
    at = stepOver(text, next.index)
  }
}

/** All that matters between the braces of a block: braces, and what begins a string or a comment. */
const landmark = /[{}"/]/g

function readProperties(text: string, start: number, end: number): readonly SchemaProperty[] {
  const properties: SchemaProperty[] = []
  let at = start
  while (at < end) {
    const head = matchAt(/([\p{L}\p{N}_-]+)[ \t]*=[ \t]*/uy, text, at)
    if (head === undefined) {
      at = matchAt(word, text, at)?.end ?? stepOver(text, at)
      continue
    }
    const valueText = text.slice(head.end, valueEnd(text, head.end, end)).trimEnd()
    const propertyEnd = head.end + valueText.length
    properties.push({ name: head.groups[0] ?? '', valueText, start: at, end: propertyEnd })
    at = Math.max(propertyEnd, head.end)
  }
  return properties
}

/** A value ends with its line, at a comment or at the block's brace; inside brackets it goes on. */
function valueEnd(text: string, at: number, blockEnd: number): number {
  let depth = 0
  while (at < blockEnd) {
    const character = text[at] ?? ''
    if (depth === 0 && (/[\r\n}]/.test(character) || isComment(text, at))) return at
    if ('[('.includes(character)) depth++
    if ('])'.includes(character)) depth--
    at = stepOver(text, at)
  }
  return at
}

/** The next offset after what stands at this one: a whole comment, a whole string, or one character. */
function stepOver(text: string, at: number): number {
  if (text.startsWith('//', at)) return indexAfter(text, '\n', at + 2)
  if (text.startsWith('/*', at)) return indexAfter(text, '*/', at + 2)
  if (text[at] === '"') return matchAt(/"(?:[^"\\\r\n]|\\[^\r\n])*"?/y, text, at)?.end ?? at + 1
  return at + 1
}

function isComment(text: string, at: number): boolean {
  return text.startsWith('//', at) || text.startsWith('/*', at)
}

function indexAfter(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from)
  return found === -1 ? text.length : found + end.length
}

function matchAt(pattern: RegExp, text: string, at: number): { groups: readonly string[]; end: number } | undefined {
  pattern.lastIndex = at
  const match = pattern.exec(text)
  return match === null ? undefined : { groups: match.slice(1), end: at + match[0].length }
}
