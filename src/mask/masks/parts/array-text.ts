/**
 * An array as PostgreSQL writes it (`{a,"b c",{d}}`), with each element that is not NULL rewritten. Bounds, nesting and
 * NULLs stay.
 */
export function mapArray(text: string, apply: (element: string) => string | null): string {
  const start = text.indexOf('{')
  let made = text.slice(0, Math.max(0, start))
  let at = Math.max(0, start)
  while (at < text.length) {
    const sign = text[at] ?? ''
    if (sign === '{' || sign === '}' || sign === ',' || sign === ';') {
      made += sign
      at++
      continue
    }
    const isQuoted = sign === '"'
    const pattern = isQuoted ? /"((?:[^"\\]|\\.)*)"/suy : /[^{},;"]+/uy
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match === null) return '{}'
    at = pattern.lastIndex
    if (!isQuoted && match[0].toUpperCase() === 'NULL') made += match[0]
    else made += element(apply(isQuoted ? (match[1] ?? '').replace(/\\(.)/gsu, '$1') : match[0]))
  }
  return made
}

function element(cell: string | null): string {
  if (cell === null) return 'NULL'
  if (cell !== '' && /^[\p{L}\p{N}_.:+@/-]+$/u.test(cell) && !/^null$/iu.test(cell)) return cell
  return `"${cell.replace(/["\\]/gu, '\\$&')}"`
}
