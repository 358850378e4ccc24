/** Where the cell with this index begins in its line, from 1; undefined where it stands in a further line. */
export function csvColumn(text: string, line: number, index: number): number | undefined {
  let at = 0
  for (let passed = 1; passed < line; passed++) at = text.indexOf('\n', at) + 1
  const start = at
  for (let left = index; left > 0; at++) {
    if (text[at] === '"') at = text.indexOf('"', at + 1)
    if (at === -1 || at >= text.length) return undefined
    if (text[at] === ',') left--
  }
  return text.slice(start, at).includes('\n') ? undefined : at - start + 1
}
