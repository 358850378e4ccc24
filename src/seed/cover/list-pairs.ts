/** Two numbers for each row, no two rows with the same two: a parent, and another parent or a value. */
export interface Pairs {
  readonly first: readonly number[]
  readonly second: readonly number[]
}

/**
 * Pairs in which some first numbers come often, one comes once and one not at all. So do the second where they are
 * parents: (0, 0), (0, 1), (1, 0); where they are values, each of them comes. Undefined where there are not enough.
 */
export function listPairs(
  rows: number,
  firsts: number,
  seconds: number,
  second: 'parents' | 'values',
): Pairs | undefined {
  const pairs: [number, number][] = []
  if (second === 'parents') pairs.push([0, 0], [0, 1], [1, 0])
  else pairs.push(...Array.from({ length: seconds }, (_, value): [number, number] => [0, value]), [1, 0])
  return fillPairs(pairs, rows, firsts, seconds)
}

function fillPairs(pairs: [number, number][], rows: number, firsts: number, seconds: number): Pairs | undefined {
  const isNew = (first: number, second: number): boolean =>
    !pairs.some(([one, other]) => one === first && other === second)
  for (let second = 3; second < seconds && pairs.length < rows; second++) {
    if (isNew(0, second)) pairs.push([0, second])
  }
  for (let first = 3; first < firsts && pairs.length < rows; first++) pairs.push([first, 0])
  for (let first = 3; first < firsts && pairs.length < rows; first++) {
    for (let second = 3; second < seconds && pairs.length < rows; second++) pairs.push([first, second])
  }
  // What was kept free for the one without and the one with one, once nothing else is left.
  for (let first = 0; first < firsts && pairs.length < rows; first++) {
    for (let second = 0; second < seconds && pairs.length < rows; second++) {
      if (isNew(first, second)) pairs.push([first, second])
    }
  }
  const kept = pairs.slice(0, rows)
  if (kept.length < rows || kept.some(([first, second]) => first >= firsts || second >= seconds)) return undefined
  return { first: kept.map(([first]) => first), second: kept.map(([, second]) => second) }
}
