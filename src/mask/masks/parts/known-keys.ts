import { classifyRules } from '../../../seed/classify/rules.ts'
import { wordsOf } from '../../../seed/classify/words.ts'

/** The words that names of columns are made of: what the classifier's rules know, and the small ones between them. */
const words = new Set([
  ...classifyRules.flatMap(({ names }) => names.split(',').flatMap(wordsOf)),
  ...'a all an and any as at before after by can do for from has have if in is it no not of off on only or per pre post the to was with x y z new old next'.split(' '),
])

/** True for a key that is made of such words alone: a name that a programmer gave, and no value of a user. */
export function isKnownKey(key: string): boolean {
  const known = answers.get(key)
  if (known !== undefined) return known
  const own = wordsOf(key)
  const found = key.length <= 60 && own.length > 0 && own.every((word) => words.has(word)) && /^[\w $.-]+$/u.test(key) && !/\d{3}/u.test(key)
  if (answers.size < 10_000) answers.set(key, found)
  return found
}

const answers = new Map<string, boolean>()
