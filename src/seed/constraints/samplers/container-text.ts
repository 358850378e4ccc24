/** An array as PostgreSQL reads it: `{a,"b c"}`. */
export function arrayText(elements: readonly string[]): string {
  return `{${elements.map((element) => (needsNoQuotes(element) ? element : quoteElement(element))).join(',')}}`
}

/** A row value as PostgreSQL reads it: `(1,"a b",)`, where nothing stands for NULL. */
export function rowText(fields: readonly (string | null)[]): string {
  const texts = fields.map((field) => (field === null ? '' : needsNoQuotes(field) ? field : quoteElement(field)))
  return `(${texts.join(',')})`
}

/** The fields of a row value as `rowText` writes them, null for NULL; undefined for anything else. */
export function rowFields(text: string): readonly (string | null)[] | undefined {
  if (!text.startsWith('(') || !text.endsWith(')')) return undefined
  const body = text.slice(1, -1)
  const fields: (string | null)[] = []
  const token = /(?:"((?:[^"\\]|\\.|"")*)"|([^",()\\]*))(,|$)/suy
  for (;;) {
    const match = token.exec(body)
    if (match === null) return undefined
    const [, quoted, bare = '', separator] = match
    fields.push(quoted === undefined ? (bare === '' ? null : bare) : quoted.replace(/\\(.)|"(")/gsu, '$1$2'))
    if (separator === '') return fields
  }
}

/** The elements of a one-dimensional array, null for NULL; undefined for anything else. */
export function arrayElements(text: string): readonly (string | null)[] | undefined {
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined
  const body = text.slice(1, -1)
  if (body.trim() === '') return []
  const elements: (string | null)[] = []
  const token = /\s*(?:"((?:[^"\\]|\\.)*)"|([^",{}\\]+))\s*(,|$)/suy
  while (token.lastIndex < body.length) {
    const match = token.exec(body)
    if (match === null) return undefined
    const [, quoted, bare = '', separator] = match
    if (quoted !== undefined) elements.push(quoted.replace(/\\(.)/gsu, '$1'))
    else elements.push(/^null$/i.test(bare.trim()) ? null : bare.trim())
    if (separator === '') break
  }
  return elements
}

function needsNoQuotes(text: string): boolean {
  return /^[\w.+:@#/-]+$/.test(text) && !/^null$/i.test(text)
}

function quoteElement(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
