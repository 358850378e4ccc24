/** 1 for the same text, 0 for nothing in common: one less the edits needed, as a share of the longer text. */
export function similarity(left: string, right: string): number {
  const longest = Math.max(left.length, right.length)
  if (longest === 0) return 1
  if (Math.abs(left.length - right.length) > longest * 0.4) return 0
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let at = 1; at <= right.length; at++) {
      const change = left[row - 1] === right[at - 1] ? 0 : 1
      current[at] = Math.min((previous[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1, (previous[at - 1] ?? 0) + change)
    }
    previous = current
  }
  return 1 - (previous[right.length] ?? 0) / longest
}
