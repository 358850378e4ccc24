/**
 * Reads the text of a row as PostgreSQL writes it, `(1,"a ""b""",)`: a text for each column, null for NULL.
 * Every type's own output function has written it, so that its input function reads the same value from it.
 */
export function decodeRecord(text: string): readonly (string | null)[] {
  const cells: (string | null)[] = []
  let at = 1
  while (at < text.length) {
    const { cell, end } = readCell(text, at)
    cells.push(cell)
    at = end + 1
  }
  return cells
}

/** An empty cell is NULL; an empty text stands in quotes. */
function readCell(text: string, start: number): { readonly cell: string | null; readonly end: number } {
  const last = text.length - 1
  if (text[start] !== '"') {
    const comma = text.indexOf(',', start)
    const end = comma === -1 ? last : comma
    return { cell: end === start ? null : text.slice(start, end), end }
  }
  const parts: string[] = []
  let from = start + 1
  for (;;) {
    const special = nextSpecial(text, from)
    parts.push(text.slice(from, special))
    // A backslash or a quote is doubled; a single quote ends the cell.
    if (text[special] === '"' && text[special + 1] !== '"') return { cell: parts.join(''), end: special + 1 }
    parts.push(text[special + 1] ?? '')
    from = special + 2
  }
}

function nextSpecial(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"' || text[at] === '\\') return at
  }
  return text.length
}
