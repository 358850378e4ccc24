import type { ClassifyRule } from './rule.ts'
import { moneyRules } from './rules/money.ts'
import { numberRules } from './rules/numbers.ts'
import { peopleRules } from './rules/people.ts'
import { placeRules } from './rules/places.ts'
import { privacyRules } from './rules/privacy.ts'
import { technicalRules } from './rules/technical.ts'
import { timeRules } from './rules/times.ts'
import { wordRules } from './rules/words.ts'

/** All rules; a test compares them with the folder, and the generators they name with those there are. */
export const classifyRules: readonly ClassifyRule[] = [
  ...peopleRules,
  ...placeRules,
  ...moneyRules,
  ...timeRules,
  ...numberRules,
  ...wordRules,
  ...technicalRules,
  ...privacyRules,
]
