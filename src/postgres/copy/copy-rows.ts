/**
 * Takes the text format of COPY apart: the rows of each piece, values as PostgreSQL writes them, null for NULL.
 * A row that is cut between two pieces comes with the second.
 */
export async function* copyRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly CopyRow[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const open: string[] = []
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true })
    const end = text.lastIndexOf('\n')
    if (end === -1) {
      open.push(text)
      continue
    }
    const lines = `${open.join('')}${text.slice(0, end)}`.split('\n')
    open.splice(0, open.length, text.slice(end + 1))
    yield lines.map(readCopyLine)
  }
}

/** A row: a value for each column, null for NULL. */
export type CopyRow = readonly (string | null)[]

/** The values of a line, without its line break. */
function readCopyLine(line: string): CopyRow {
  const cells: (string | null)[] = line.split('\t')
  if (!line.includes('\\')) return cells
  for (let place = 0; place < cells.length; place++) {
    const cell = cells[place] ?? ''
    if (cell.includes('\\')) cells[place] = cell === '\\N' ? null : cell.replaceAll(escape, unescape)
  }
  return cells
}

/** PostgreSQL writes no other escapes than these, but reads numbers as well. */
const escape = /\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)/gs

function unescape(_: string, code: string): string {
  const known = letters[code]
  if (known !== undefined) return known
  if (/^x[0-9A-Fa-f]/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
  return /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : code
}

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }
