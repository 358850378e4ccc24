import { defineFailure } from '../errors/failure.ts'

/** CHECK constraints that no row can satisfy at once. */
export const checksContradict = defineFailure('SEED_CHECKS_CONTRADICT', (table: string, checks: readonly string[]) => ({
  message: `No row of ${table} can satisfy ${checks.length === 1 ? 'this CHECK constraint' : 'these CHECK constraints at once'}: ${checks.join(', ')}.`,
  why: 'They contradict each other, the type of a column, or NOT NULL.',
  fix: 'Correct one of them in a migration, or leave the table out of what is seeded.',
}))

/** Flags that would do nothing beside the others. */
export const flagsUnused = defineFailure('SEED_FLAGS_UNUSED', (flags: readonly string[], why: string, fix: string) => ({
  message: `${flags.join(', ')} would do nothing here.`,
  why,
  fix,
}))

/** A locale that there is no vocabulary for. */
export const localeUnknown = defineFailure('SEED_LOCALE_UNKNOWN', (name: string) => ({
  message: `There is no vocabulary for the locale "${name}".`,
  why: 'Locales are the languages of Faker: en, de, fr, es, ja, pt_BR and 60 more.',
  fix: 'Name one of https://fakerjs.dev/guide/localization in the environment.',
}))

/** A model that the schema does not have. */
export const modelUnknown = defineFailure('SEED_MODEL_UNKNOWN', (name: string, nearest: string | undefined) => ({
  message: `The schema has no model ${name}.`,
  fix: nearest === undefined ? 'Name a model of the schema.' : `Did you mean ${nearest}?`,
}))

/** The role may not do what seeding needs. */
export const permissionDenied = defineFailure('SEED_PERMISSION_DENIED', (role: string, reason: string) => ({
  message: `The role ${role} may not do that: ${reason}.`,
  fix: 'Grant it, or seed as the role that applies the migrations. Nothing was changed.',
}))

/** Models whose tables are not there: the history was not applied. */
export const tablesMissing = defineFailure('SEED_TABLES_MISSING', (models: readonly string[]) => ({
  message: `The database has no table for ${models.slice(0, 5).join(', ')}${models.length > 5 ? ` and ${models.length - 5} more` : ''}.`,
  why: 'The history of migrations was not applied to it, or not all of it.',
  fix: 'Apply it with `tide up` (and the same --env), then seed again.',
  meta: { models },
}))

/** A table that stays points to one that is to be emptied. */
export const truncateBlocked = defineFailure('SEED_TRUNCATE_BLOCKED', (reason: string) => ({
  message: 'The tables cannot be emptied alone.',
  why: reason,
  fix: 'Leave out --models, or name the models that point to them as well. Nothing was changed.',
}))
