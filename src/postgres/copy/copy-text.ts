/** A row in the text format of COPY: values as PostgreSQL writes them, null for NULL. Ends with a line break. */
export function copyLine(cells: readonly (string | null)[]): string {
  return `${cells.map(copyCell).join('\t')}\n`
}

/** A value in the text format of COPY. */
export function copyCell(cell: string | null): string {
  if (cell === null) return '\\N'
  return special.test(cell) ? cell.replaceAll(everySpecial, (found) => escapes[found] ?? found) : cell
}

const special = /[\\\t\n\r]/
const everySpecial = /[\\\t\n\r]/g
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
