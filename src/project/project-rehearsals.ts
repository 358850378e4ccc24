import { createHash } from 'node:crypto'
import { withCause } from '../errors/failure.ts'
import { connect } from '../postgres/connect.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import type { Rehearsal, Rehearsals } from '../postgres/rehearsal/rehearsals.ts'
import { runScript } from '../postgres/statements/run-script.ts'
import { rehearsalSetupFailed } from './errors.ts'

/** The rehearsals of one project: a clone of nothing holds what its migrations find in an empty database of its own. */
export interface ProjectRehearsals extends Rehearsals {
  /** What decides besides the history what a rehearsal holds. Part of the key of everything that is kept. */
  readonly salt: string
}

/** What a project's migrations find, and where. */
export interface RehearsalGround {
  readonly rehearsals: Rehearsals
  /** PostgreSQL's major version. */
  readonly version: string
  /** Where unqualified names live: the `?schema=` of the project's database, which Prisma creates as well. */
  readonly schema: string
  /** SQL that runs before the first migration. */
  readonly setup: string | undefined
}

/**
 * Rehearsals whose empty database has the project's schema and setup in it, which are run once and kept as a template.
 * @throws (clone) REHEARSAL_SETUP_FAILED
 */
export function setUpRehearsals({ rehearsals, version, schema, setup = '' }: RehearsalGround): ProjectRehearsals {
  const salt = createHash('sha256').update(JSON.stringify([version, schema, setup])).digest('hex')
  const needsNothing = schema === 'public' && setup.trim() === ''
  const clone = async (template: string | undefined): Promise<Rehearsal> => {
    if (template !== undefined || needsNothing) return rehearsals.clone(template)
    if (!(await rehearsals.has(salt))) {
      const rehearsal = await rehearsals.clone(undefined)
      try {
        await runSetup(rehearsal, schema, setup)
      } catch (error) {
        await rehearsal.drop()
        throw error
      }
      await rehearsals.keep(rehearsal, salt)
    }
    return rehearsals.clone(salt)
  }
  return { ...rehearsals, clone, salt }
}

async function runSetup(rehearsal: Rehearsal, schema: string, setup: string): Promise<void> {
  const connection = await connect(rehearsal.url)
  try {
    await connection.query(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`)
    await runScript(connection, setup, 'rehearsal.setup')
  } catch (error) {
    throw withCause(rehearsalSetupFailed(error instanceof Error ? error.message : String(error)), error)
  } finally {
    await connection.end()
  }
}
