import { defineFailure } from '../errors/failure.ts'

/** A locale that there is no vocabulary for. */
export const localeUnknown = defineFailure('SEED_LOCALE_UNKNOWN', (name: string) => ({
  message: `There is no vocabulary for the locale "${name}".`,
  why: 'Locales are the languages of Faker: en, de, fr, es, ja, pt_BR and 60 more.',
  fix: 'Name one of https://fakerjs.dev/guide/localization in the environment.',
}))
