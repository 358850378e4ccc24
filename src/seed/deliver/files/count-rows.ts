import type { FileFormat } from './formats.ts'

/** Counts the rows of a file from its bytes, as they come: no row is read. */
export interface RowCounter {
  add(chunk: Uint8Array): void
  /** Of all that was added. */
  rows(): number
}

/** For files as Tide writes them: see `createEncoder`. */
export function createRowCounter(format: FileFormat): RowCounter {
  if (format === 'sql') return countTuples()
  // A value of CSV may hold line breaks, and the first line is the header.
  return format === 'csv' ? countLines(1, quotes) : countLines(0)
}

const lineFeed = 0x0a
const quotes = 0x22
const apostrophe = 0x27
const parenthesis = 0x28

/** Lines that end outside of quotes. A quote within quotes is written twice, which changes nothing. */
function countLines(headers: number, quote?: number): RowCounter {
  let lines = 0
  let isQuoted = false
  let isOpen = false
  return {
    add: (chunk) => {
      for (let at = 0; at < chunk.length; ) {
        const end = chunk.indexOf(lineFeed, at)
        const piece = chunk.subarray(at, end === -1 ? chunk.length : end)
        if (quote !== undefined && countOf(quote, piece) % 2 === 1) isQuoted = !isQuoted
        isOpen = end === -1 || isQuoted
        if (!isOpen) lines += 1
        at = end === -1 ? chunk.length : end + 1
      }
    },
    rows: () => Math.max(0, lines + (isOpen ? 1 : 0) - headers),
  }
}

function countOf(byte: number, bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count += 1
  return count
}

/** Parentheses outside of names and literals: that of the columns, and then one for each row of the statement. */
function countTuples(): RowCounter {
  let rows = 0
  let isFirst = true
  let within: number | undefined
  return {
    add: (chunk) => {
      for (const byte of chunk) {
        if (within !== undefined) {
          if (byte === within) within = undefined
        } else if (byte === apostrophe || byte === quotes) within = byte
        else if (byte === lineFeed) isFirst = true
        else if (byte === parenthesis) {
          if (!isFirst) rows += 1
          isFirst = false
        }
      }
    },
    rows: () => rows,
  }
}
