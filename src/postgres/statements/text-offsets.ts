/**
 * Turns the parser's positions, which count bytes of UTF-8, into offsets of a JavaScript string.
 * The function that it gives must be asked in ascending order: it walks the text once.
 */
export function byteOffsets(text: string): (bytes: number) => number {
  if (Buffer.byteLength(text, 'utf8') === text.length) return (bytes) => bytes
  let byte = 0
  let index = 0
  return (wanted) => {
    while (byte < wanted && index < text.length) {
      const point = text.codePointAt(index) ?? 0
      byte += bytesOf(point)
      index += point > 0xffff ? 2 : 1
    }
    return index
  }
}

/** The offset in a JavaScript string of a position that counts characters from 1, as PostgreSQL's errors do. */
export function characterOffset(text: string, position: number): number {
  let index = 0
  for (let character = 1; character < position && index < text.length; character++) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1
  }
  return index
}

function bytesOf(point: number): number {
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}
