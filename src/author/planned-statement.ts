import { isFailure, withCause } from '../errors/failure.ts'
import { statementFailed } from '../postgres/statements/errors.ts'
import { statementRefused } from './errors.ts'

/** How the rehearsal of an answer calls what it runs. */
export const plannedMigration = 'the planned migration'

/**
 * Does what tries a migration before it is written; no failure points into its file then.
 * @param file where the migration is going to stand
 * @throws AUTHOR_STATEMENT_REFUSED
 */
export async function beforeWritten<Result>(file: string | undefined, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const place = isFailure(error) && error.code === statementFailed.code ? error.details.where?.file : undefined
    if (!isFailure(error) || place === undefined || (place !== file && place !== plannedMigration)) throw error
    throw withCause(statementRefused(error), error)
  }
}
