import type { Faker } from '@faker-js/faker'
import type { Random } from '../random/random.ts'

/** The vocabulary of one language, loaded once: `loadLocale` makes it, every generator takes it. */
export interface Locale {
  /** As Faker names it: `en`, `de`, `pt_BR`. */
  readonly name: string
  /** Faker with all its chance taken from `random`: point it, make one call or several, let go. */
  readonly faker: (random: Random) => Faker
  readonly people: NameLists
}

/** First and last names. No two of a list are written alike in ASCII, so that handles made of them are distinct. */
export interface NameLists {
  readonly female: readonly WrittenName[]
  readonly male: readonly WrittenName[]
  readonly last: readonly WrittenName[]
}

/** A name and its ASCII form in lower case: `Zoë` and `zoe`. */
export interface WrittenName {
  readonly name: string
  readonly ascii: string
}
