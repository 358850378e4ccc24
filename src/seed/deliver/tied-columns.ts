import type { AskedCheck } from '../constraints/domain.ts'

/**
 * The columns that are made anew where a check refuses a row: its own, and whatever follows from them or must agree
 * with them. All others stay, so that what another check took is not lost again. All columns for a check that names
 * none.
 * @param ties columns that belong together
 */
export function tiedColumns(
  { columns }: Pick<AskedCheck, 'columns'>,
  ties: readonly (readonly string[])[],
  all: readonly string[],
): ReadonlySet<string> {
  if (columns.length === 0) return new Set(all)
  const found = new Set(columns)
  for (let size = 0; size < found.size; ) {
    size = found.size
    for (const tie of ties) if (tie.some((column) => found.has(column))) for (const column of tie) found.add(column)
  }
  return found
}
