/** Which parent a row belongs to, and which of its children it is. */
export interface Place {
  /** The parent's row. */
  readonly parent: number
  /** From 0, without gaps: the number among its siblings. */
  readonly place: number
}

/**
 * The parent and the place of a row whose key is a parent and a number among its children, as the lines of an order.
 * Pure, and no two rows share both. Parents come in blocks of eight, which share 32 rows unevenly; up to seven of the
 * last have none. While there is room for all rows, more parents change no row.
 * @param parents how many there are; at least 1
 */
export function placeOf(row: number, parents: number): Place {
  const blocks = Math.floor(parents / blockParents)
  if (blocks === 0) return { parent: row % parents, place: Math.floor(row / parents) }
  const layer = Math.floor(row / (blocks * blockRows))
  const block = Math.floor(row / blockRows) % blocks
  const member = members[row % blockRows] ?? 0
  const earlier = ordinals[row % blockRows] ?? 0
  return { parent: block * blockParents + member, place: layer * (shares[member] ?? 0) + earlier }
}

/** How many places the parent with the most children needs. */
export function placesNeeded(rows: number, parents: number): number {
  const blocks = Math.floor(parents / blockParents)
  return blocks === 0 ? Math.ceil(rows / parents) : Math.ceil(rows / (blocks * blockRows)) * Math.max(...shares)
}

/** What each parent of a block gets: most have few, few have many, four on average. */
const shares = [3, 9, 2, 5, 1, 6, 2, 4]
const blockParents = shares.length
/** The parent of each row of a block: all in turn, until each has its share. */
const members = Array.from({ length: Math.max(...shares) }, (_, round) =>
  shares.flatMap((share, member) => (share > round ? [member] : [])),
).flat()
const blockRows = members.length
const ordinals = members.map((member, at) => members.slice(0, at).filter((other) => other === member).length)
