import type { Locale } from '../seed/locale/locale.ts'
import type { Random } from '../seed/random/random.ts'
import { createSfc32, type PointedRandom } from '../seed/random/sfc32.ts'
import { hmac, keyWords, type MaskKey } from './key.ts'
import { blockPrf, type BlockPrf } from './secret/block.ts'
import { chaskey, type Prf } from './secret/chaskey.ts'
import { type DigitPermutation, permuteDigits } from './secret/permute-digits.ts'

/** All chance of the masks of one key: another key is another world. Each purpose has a key of its own. */
export interface World {
  readonly locale: Locale
  /** The tag of a value. */
  prf(purpose: string): Prf
  block(purpose: string): BlockPrf
  /** Chance that a value decides; the same object each time, so draw before the next value is asked for. */
  chance(purpose: string): (value: string) => Random
  digits(purpose: string): DigitPermutation
  /** A text that says nothing of the key: for what is drawn elsewhere, by the seeder's generators or in the source. */
  seed(purpose: string): string
}

/** The world of a key. */
export function createWorld(key: MaskKey, locale: Locale): World {
  const sfc32 = (): PointedRandom => createSfc32([0, 0, 0, 0])
  const prf = (purpose: string): Prf => chaskey(keyWords(key, purpose), keyWords(key, `${purpose}\0wide`))
  const block = (purpose: string): BlockPrf => blockPrf(keyWords(key, `${purpose}\0block`))
  return {
    locale,
    prf,
    block,
    chance: (purpose) => {
      const tagOf = prf(purpose)
      const random = sfc32()
      return (value) => {
        const { w0, w1, w2, w3 } = tagOf(value)
        return random.begin(w0, w1, w2, w3)
      }
    },
    digits: (purpose) => permuteDigits(block(purpose), sfc32()),
    seed: (purpose) => hmac(key, `${purpose}\0seed`).toString('hex').slice(0, 32),
  }
}
