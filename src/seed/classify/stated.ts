import type { PiiClass } from './rule.ts'
import { classifyRules } from './rules.ts'
import { wordsOf } from './words.ts'

/** What the comments of a field say of its values. */
export interface Stated {
  /** Of `@seed(…)`. */
  readonly generator?: string
  /** Of `@pii(email)`: what the values are. */
  readonly meaning?: string
  /** Of `@pii(…)`: a letter, `none`, or the class that the meaning has. */
  readonly piiClass?: PiiClass
  /** What stands behind `@pii(…)` on its line. */
  readonly reason?: string
  /** What stands in the brackets of `@pii(…)` where it is neither a class nor a meaning. */
  readonly unknown?: string
}

/** Reads `/// @seed(name)` and `/// @pii(class or meaning) reason`. */
export function statedIn(documentation: string): Stated {
  // Most fields have no comment.
  if (!documentation.includes('@')) return {}
  const generator = /@seed\(\s*["']?([\w:]+)["']?\s*\)/u.exec(documentation)?.[1]
  const [, written, behind] = /@pii\(\s*["']?([^)"']*?)["']?\s*\)([^\n]*)/u.exec(documentation) ?? []
  const reason = behind?.replace(/@\w+\([^)]*\)/gu, '').trim()
  return {
    ...(generator !== undefined && { generator }),
    ...(written !== undefined && piiOf(written)),
    ...(reason !== undefined && reason !== '' && { reason }),
  }
}

function piiOf(written: string): Stated {
  if (/^[DQSCFKN]$/iu.test(written)) return { piiClass: written.toUpperCase() as PiiClass }
  if (/^none$/iu.test(written)) return { piiClass: 'N' }
  const spelt = wordsOf(written).join(' ')
  const rule = classifyRules.find(({ generator }) => wordsOf(generator).join(' ') === spelt)
  return rule === undefined ? { unknown: written } : { meaning: rule.generator, piiClass: rule.piiClass }
}

/** What may stand in the brackets of `@pii(…)`. */
export function statableNames(): readonly string[] {
  return ['none', 'D', 'Q', 'S', 'C', 'F', 'K', 'N', ...new Set(classifyRules.map(({ generator }) => generator))]
}
