/** How far drawn classes are from equally many each; the degrees of freedom are one less than the classes. */
export function chiSquare(classes: number, draws: number, draw: (index: number) => number): number {
  const counts = new Array<number>(classes).fill(0)
  for (let index = 0; index < draws; index++) {
    const drawn = draw(index)
    counts[drawn] = (counts[drawn] ?? 0) + 1
  }
  const expected = draws / classes
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}
