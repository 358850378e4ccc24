import { defineFailure } from '../../errors/failure.ts'

/** A file of `seed/environments/` says what Tide does not know, or says it wrongly. */
export const environmentInvalid = defineFailure(
  'SEED_ENVIRONMENT_INVALID',
  (file: string, problems: readonly string[]) => ({
    message: `${file} cannot be used: ${problems.join('; ')}.`,
    fix: 'Correct the keys named; docs/seeding.md describes every one.',
    where: { file },
    meta: { problems },
  }),
)

/** An environment that neither Tide nor the project describes. */
export const environmentUndescribed = defineFailure(
  'SEED_ENVIRONMENT_UNKNOWN',
  (name: string, nearest: string | undefined, known: readonly string[]) => ({
    message: `Nothing says what the environment "${name}" gets.`,
    why: `Described are ${known.join(', ')}.`,
    fix:
      nearest === undefined
        ? `Describe it in seed/environments/${name}.ts with defineEnvironment({ rows: 20 }).`
        : `Did you mean \`tide seed ${nearest}\`?`,
    meta: { known },
  }),
)
