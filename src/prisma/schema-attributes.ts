/** `@name(arguments)` or `@@name(arguments)`, its arguments as written. */
export interface SchemaAttribute {
  readonly name: string
  readonly argumentText: string | undefined
}

/** The lines of a block's body without comments; a line whose parenthesis is still open goes on in the next. */
export function logicalLines(body: string): readonly string[] {
  const lines: string[] = []
  let open = ''
  for (const physical of withoutComments(body).split(/\r?\n/)) {
    const line = `${open} ${physical.trim()}`.trim()
    open = ''
    if (line === '') continue
    if (depthOf(line) > 0) open = line
    else lines.push(line)
  }
  return open === '' ? lines : [...lines, open]
}

/** The attributes of a line, in its order. */
export function readAttributes(text: string): readonly SchemaAttribute[] {
  const attributes: SchemaAttribute[] = []
  const head = /@@?[\w.]+\s*/gy
  let at = 0
  while (at < text.length) {
    head.lastIndex = at
    const match = head.exec(text)
    if (match === null) {
      at = skip(text, at)
      continue
    }
    at = head.lastIndex
    const end = text[at] === '(' ? closing(text, at) : at
    attributes.push({ name: match[0].trim(), argumentText: end > at ? text.slice(at + 1, end - 1) : undefined })
    at = end
  }
  return attributes
}

/** A string argument: the first, or the one with this name. */
export function argumentOf(argumentText: string | undefined, name: string): string | undefined {
  if (argumentText === undefined) return undefined
  const string = /"((?:[^"\\]|\\.)*)"/
  const match = new RegExp(`^\\s*(?:${name}\\s*:\\s*)?${string.source}`).exec(argumentText)
    ?? new RegExp(`\\b${name}\\s*:\\s*${string.source}`).exec(argumentText)
  return match?.[1] === undefined ? undefined : unescape(match[1])
}

function unescape(text: string): string {
  return text.replaceAll(/\\(["\\])/g, '$1')
}

/** Comments go, and the line breaks in them stay. */
function withoutComments(body: string): string {
  let text = ''
  for (let at = 0; at < body.length; ) {
    const isLine = body.startsWith('//', at)
    const isBlock = body.startsWith('/*', at)
    const next = isLine ? endOf(body, '\n', at) : isBlock ? endOf(body, '*/', at) + 2 : skip(body, at)
    const part = body.slice(at, next)
    text += isBlock ? part.replaceAll(/[^\r\n]/g, '') : isLine ? '' : part
    at = next
  }
  return text
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found === -1 ? text.length : found
}

function depthOf(line: string): number {
  let depth = 0
  for (let at = 0; at < line.length; at = skip(line, at)) {
    if (line[at] === '(') depth++
    if (line[at] === ')') depth--
  }
  return depth
}

/** One past the parenthesis that closes the one at `at`. */
function closing(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at = skip(text, at)) {
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) return at + 1
  }
  return text.length
}

/** One character on, or past a whole string. */
function skip(text: string, at: number): number {
  if (text[at] !== '"') return at + 1
  let end = at + 1
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  return end + 1
}
