/**
 * Takes the text format of COPY apart: the rows of each piece, values as PostgreSQL writes them, null for NULL.
 * A row that is cut between two pieces comes with the second.
 */
export async function* copyRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly CopyRow[]> {
  for await (const block of copyBlocks(pieces)) {
    const rows: CopyRow[] = []
    eachCopyRow(block, (row) => rows.push(row))
    yield rows
  }
}

/** Pieces cut anew, so that each holds whole lines; its memory is its own, and may go to another thread. */
export async function* copyBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let open: Uint8Array[] = []
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(lineFeed) + 1
    if (end > 0) {
      yield joined([...open, piece.subarray(0, end)])
      open = []
    }
    // A copy: what is left over must not keep the whole piece.
    if (end < piece.length) open.push(piece.slice(end))
  }
}

/** Hands out the rows of whole lines one after the other: each may be forgotten before the next. */
export function eachCopyRow(block: Uint8Array, take: (row: CopyRow) => void): void {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for (let from = 0; from < block.length;) {
    const last = block.lastIndexOf(lineFeed, from + textBytes)
    const to = (last >= from ? last : block.indexOf(lineFeed, from)) + 1
    // Every line ends with a line break.
    if (to === 0) return
    eachLine(decoder.decode(block.subarray(from, to)), take)
    from = to
  }
}

/** Longer texts are old as soon as they are made, for the collector, and stay for long. */
const textBytes = 32 * 1024

function eachLine(text: string, take: (row: CopyRow) => void): void {
  let start = 0
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    take(readCopyLine(text.slice(start, end)))
    start = end + 1
  }
}

/** How many rows whole lines are: COPY writes no line break within a row. */
export function countLines(block: Uint8Array): number {
  let count = 0
  for (let at = block.indexOf(lineFeed); at !== -1; at = block.indexOf(lineFeed, at + 1)) count += 1
  return count
}

const lineFeed = 10

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
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
