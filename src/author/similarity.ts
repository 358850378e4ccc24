/** The words of a name: camelCase, snake_case, kebab-case and digits taken apart, lower case. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** How alike two names are, from 0 to 1: the larger of shared words and of shared pairs of letters (Dice). */
export function nameSimilarity(left: string, right: string): number {
  const leftWords = wordsOf(left)
  const rightWords = wordsOf(right)
  if (leftWords.join('') === rightWords.join('')) return 1
  return Math.max(dice(leftWords, rightWords), dice(letterPairs(leftWords.join('')), letterPairs(rightWords.join(''))))
}

/** Shared members of two lists, from 0 (none) to 1 (the same). */
export function dice(left: readonly string[], right: readonly string[]): number {
  if (left.length + right.length === 0) return 0
  const rest = [...right]
  const shared = left.filter((member) => {
    const at = rest.indexOf(member)
    if (at !== -1) rest.splice(at, 1)
    return at !== -1
  })
  return (2 * shared.length) / (left.length + right.length)
}

function letterPairs(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
}
