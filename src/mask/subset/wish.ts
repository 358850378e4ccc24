/** Which rows a fixture is to have. Nothing said: all of them. */
export interface SubsetWish {
  /** Of each start, from 0 to 100. */
  readonly percent?: number
  /** Of each start. */
  readonly rows?: number
  /** SQL conditions by the name of a model or table. */
  readonly filters: ReadonlyMap<string, string>
  /** The most rows that come along for one parent, by each relation. */
  readonly children: number
}

/** How many children come along where nothing is said. */
export const usualChildren = 100

/** True where only a part of the rows is wanted. */
export function isSubset({ percent, rows, filters }: SubsetWish): boolean {
  return percent !== undefined || rows !== undefined || filters.size > 0
}
