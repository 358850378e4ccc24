import type { Classification } from './classify.ts'
import type { TypeGroup } from './type-group.ts'
import { wordsOf } from './words.ts'

/**
 * What the model is about counts as well: a weight among vital signs is no weight of a parcel, and an amount of a loan
 * is no price. Numbers that would be let through become sensitive there, and texts that nobody knows; dates, states
 * and keys stay.
 */
export function inContext(found: Classification, group: TypeGroup, model: string): Classification {
  const words = wordsOf(model.split('.').at(-1) ?? model)
  const subject = subjects.find(({ nouns }) => words.some((word) => nouns.has(word)))
  if (subject === undefined || !'NF'.includes(found.piiClass)) return found
  const { generator } = found
  const isNumber = group === 'int' || group === 'decimal'
  const isMeant = isNumber
    ? generator === undefined || subject.numbers.has(generator)
    : subject.hasTexts && group === 'text' && generator === undefined
  if (!isMeant) return found
  return { ...found, piiClass: 'S', reason: `${found.reason}; the model is about ${subject.about}` }
}

interface Subject {
  readonly about: string
  /** Any of them in the model's name. */
  readonly nouns: ReadonlySet<string>
  /** Generators of numbers that are of a person there. */
  readonly numbers: ReadonlySet<string>
  /** Texts are of a person too. */
  readonly hasTexts: boolean
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const subjects: readonly Subject[] = [
  {
    about: 'health',
    nouns: setOf(
      'vital diagnosis medical medication prescription treatment vaccination vaccine immunization health symptom allergy clinical therapy ' +
        'surgery lab disease illness pregnancy injury rehabilitation psychology counseling',
    ),
    numbers: setOf('measure score rating ratio percent count'),
    hasTexts: true,
  },
  {
    about: 'pay or debts',
    nouns: setOf('payroll payslip salary wage loan compensation earning deduction stipend debt mortgage reimbursement pension balance wallet'),
    numbers: setOf('price priceMinor total subtotal tax measure'),
    hasTexts: false,
  },
]
