import { defineFailure } from '../../errors/failure.ts'

/** Synthetic rows, or anything else than reference data, for production. */
export const onlyReference = defineFailure('SEED_ONLY_REFERENCE', (environment: string, flags: readonly string[]) => ({
  message: `${environment} gets reference data only: ${flags.join(', ')} cannot be used.`,
  fix: `Leave out ${flags.join(' and ')}: tide seed ${environment}`,
}))

/** The evidence says that the database is production. */
export const databaseIsProduction = defineFailure(
  'SEED_PRODUCTION',
  (environment: string, url: string, database: string, evidence: readonly string[], isNamed = false) => ({
    message: `${url} looks like production, and ${environment} is not: nothing was changed.`,
    why: evidence.join('\n'),
    // What the project itself calls production no mark makes anything else.
    fix: isNamed
      ? `Give ${environment} a database of its own in tide.config.ts.`
      : `If it is ${environment}, say so once, in the database itself: tide seed ${environment} --mark --confirm ${database}`,
    meta: { evidence },
  }),
)

/** The database is marked as another environment. */
export const environmentMismatch = defineFailure(
  'SEED_ENVIRONMENT_MISMATCH',
  (environment: string, marker: string, database: string) => ({
    message: `The database ${database} is marked as ${marker}, not as ${environment}: nothing was changed.`,
    why: 'The mark stands in its table tide.environment.',
    fix: `Seed it with \`tide seed ${marker}\`, or mark it anew: tide seed ${environment} --mark --confirm ${database}`,
  }),
)

/** A mark that was not confirmed with the database's name. */
export const markUnconfirmed = defineFailure(
  'SEED_MARK_UNCONFIRMED',
  (environment: string, database: string, given: string | undefined) => ({
    message: `Marking a database as ${environment} must be confirmed with its name.`,
    why: given === undefined ? 'From then on it may be filled, and emptied, as that environment.' : `"${given}" is not its name.`,
    fix: `tide seed ${environment} --mark --confirm ${database}`,
  }),
)

/** An environment whose tables are not to be emptied. */
export const truncateRefused = defineFailure(
  'SEED_TRUNCATE_REFUSED',
  (environment: string, isProduction: boolean) => ({
    message: `The tables of ${environment} may not be emptied.`,
    why: isProduction ? 'That is so for production, always.' : 'Its contract does not say truncate: true.',
    fix: isProduction
      ? 'Leave --truncate out.'
      : `Leave --truncate out, or allow it in seed/environments/${environment}.ts with truncate: true.`,
  }),
)

/** Emptying tables of a database that Tide did not make takes its name. */
export const truncateUnconfirmed = defineFailure(
  'SEED_TRUNCATE_UNCONFIRMED',
  (environment: string, database: string, given: string | undefined) => ({
    message: `Emptying the tables of ${database} must be confirmed with its name.`,
    why: given === undefined ? 'All their rows are lost.' : `"${given}" is not its name.`,
    fix: `tide seed ${environment} --truncate --confirm ${database}`,
  }),
)

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
