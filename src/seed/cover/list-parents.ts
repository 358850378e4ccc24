/** What is known of the rows whose parents are listed. */
export interface ListInput {
  readonly rows: number
  readonly parents: number
  /** Rows without a parent. */
  readonly isNone: (row: number) => boolean
  /** Parents of rows that are given: -1 for none, undefined where it is open. */
  readonly given: (row: number) => number | undefined
  /** A tree within one table: a row has an earlier one as its parent. */
  readonly isTree: boolean
}

/** The parent of each row, so that one has many children, one has one and one has none; -1 for none. */
export function listParents(input: ListInput): readonly number[] {
  const { rows, parents, isNone, given, isTree } = input
  if (isTree) return treeParents(input)
  const counts = new Array<number>(parents).fill(0)
  const fixed = Array.from({ length: rows }, (_, row) => given(row) ?? (isNone(row) ? -1 : undefined))
  for (const parent of fixed) if (parent !== undefined && parent >= 0) counts[parent] = (counts[parent] ?? 0) + 1
  const order = counts.map((_, parent) => parent)
  const many = order.toSorted((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0))[0] ?? 0
  const single =
    order.find((one) => one !== many && counts[one] === 1) ?? order.find((one) => one !== many && counts[one] === 0)
  const none = order.find((one) => one !== many && one !== single && counts[one] === 0)
  const others = order.filter((one) => one !== single && one !== none && one !== many)
  let turn = 0
  const next = (): number => {
    if ((counts[many] ?? 0) < 2) return many
    if (single !== undefined && counts[single] === 0) return single
    return [...others, many][turn++ % (others.length + 1)] ?? many
  }
  return fixed.map((known) => {
    if (known !== undefined || parents === 0) return known ?? -1
    const parent = next()
    counts[parent] = (counts[parent] ?? 0) + 1
    return parent
  })
}

/** The first row, or the first that has no parent, has most; the next has one. */
function treeParents({ rows, isNone, given }: ListInput): readonly number[] {
  const listed: number[] = []
  const count = (parent: number): number => listed.filter((one) => one === parent).length
  for (let row = 0; row < rows; row++) {
    const known = given(row) ?? (isNone(row) ? -1 : undefined)
    listed.push(known ?? (row < 3 || count(0) < 2 || count(1) > 0 ? 0 : 1))
  }
  return listed
}
