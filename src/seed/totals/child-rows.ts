/** The rows that point to each row of a parent. */
export interface ChildRows {
  /** In ascending order. */
  of(parent: number): Int32Array
}

/**
 * Turns the function from a child's row to its parent's round: four bytes for each row of both tables, and nothing of
 * what the rows hold.
 * @param parentOf -1 for none
 */
export function childRows(parents: number, children: number, parentOf: (child: number) => number): ChildRows {
  const found = new Int32Array(children)
  const starts = new Int32Array(parents + 1)
  for (let child = 0; child < children; child++) {
    const parent = parentOf(child)
    found[child] = parent
    if (parent >= 0) starts[parent + 1] = (starts[parent + 1] ?? 0) + 1
  }
  for (let parent = 0; parent < parents; parent++) {
    starts[parent + 1] = (starts[parent + 1] ?? 0) + (starts[parent] ?? 0)
  }
  const next = starts.slice()
  const sorted = new Int32Array(starts[parents] ?? 0)
  found.forEach((parent, child) => {
    if (parent < 0) return
    const at = next[parent] ?? 0
    sorted[at] = child
    next[parent] = at + 1
  })
  return { of: (parent) => sorted.subarray(starts[parent] ?? 0, starts[parent + 1] ?? 0) }
}
