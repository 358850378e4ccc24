/** How many cases and values of a row are tried for one attempt of it, where columns that are compared must agree. */
export const caseAttempts = 24
/** How many attempts of a row keep to what it is there for. */
const keptAttempts = 20

/** Whether a try still keeps to what is only wished for: an edge case, a state to be covered. Later ones do without. */
export function isEarly(attempt: number): boolean {
  return attempt % caseAttempts < caseAttempts / 2 && attempt < caseAttempts * keptAttempts
}
