/** Pairs of a leading row and one that fits it, all different, by number. */
export interface PairedRows {
  readonly size: number
  /** `undefined` from `size` on. */
  at(index: number): { readonly lead: number; readonly fitting: number } | undefined
}

/**
 * Enumerates pairs in rounds: every lead once with a fitting row, then every lead that has a second one, and so on.
 * Keeps at most `most` pairs' worth of leads.
 * @param fittingRows the rows that agree with a lead
 * @param startOf where the round of a lead begins among its fitting rows, from 0 up to their number
 */
export function pairRows(
  leads: number,
  most: number,
  fittingRows: (lead: number) => readonly number[],
  startOf: (lead: number, fitting: number) => number,
): PairedRows {
  const rounds: { readonly first: number; readonly leads: readonly number[] }[] = []
  let size = 0
  let open = Array.from({ length: leads }, (_, lead) => lead)
  for (let round = 0; size < most; round++) {
    open = open.filter((lead) => fittingRows(lead).length > round)
    if (open.length === 0) break
    rounds.push({ first: size, leads: open })
    size += open.length
  }
  return {
    size,
    at: (index) => {
      const round = rounds.findLastIndex(({ first }) => first <= index)
      const found = rounds[round]
      const lead = found?.leads[index - found.first]
      if (lead === undefined) return undefined
      const fitting = fittingRows(lead)
      const chosen = fitting[(startOf(lead, fitting.length) + round) % fitting.length]
      return chosen === undefined ? undefined : { lead, fitting: chosen }
    },
  }
}
