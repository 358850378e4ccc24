/** Two different rows of one table, the earlier first. */
export interface Pair {
  readonly lesser: number
  readonly greater: number
}

/** Pair number `index` of all there are: 0 and 1, 0 and 2, 1 and 2, 0 and 3 … Each pair once. */
export function pairOf(index: number): Pair {
  let greater = Math.floor((1 + Math.sqrt(1 + 8 * index)) / 2)
  // Beyond 2^52 the root is rounded.
  while (pairsOf(greater) > index) greater--
  while (pairsOf(greater + 1) <= index) greater++
  return { lesser: index - pairsOf(greater), greater }
}

/** How many pairs so many rows make. */
export function pairsOf(rows: number): number {
  return (rows * (rows - 1)) / 2
}
