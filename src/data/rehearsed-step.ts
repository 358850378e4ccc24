import { isNoWayBack, loadStep } from './step/load-step.ts'
import { runStep } from './run-step.ts'
import { isFailure } from '../errors/failure.ts'
import type { Migration } from '../history/read-history.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import type { ScriptPlace } from '../project/scripts/script-place.ts'

/** The data step of a migration that is rehearsed: run as `tide up` and `tide down` run it, by one worker. */
export interface RehearsedStep {
  /** Why nothing leads back; undefined where something does. */
  readonly noWayBack: string | undefined
  /** Runs it in a database in which its migration.sql has run. @returns why it failed */
  up(database: DatabaseUrl, time: RehearsalTime): Promise<string | undefined>
  /** Takes it back. @returns why it failed */
  down(database: DatabaseUrl, time: RehearsalTime): Promise<string | undefined>
}

/** The migration is applied twice in a rehearsal, and each time owes its step anew. */
export type RehearsalTime = 'first' | 'second'

/**
 * Type-checks and loads the data step of a migration; no database is asked.
 * @throws PROJECT_SCRIPT_*, DATA_STEP_INVALID, PRISMA_*
 */
export async function loadRehearsedStep(
  migration: Pick<Migration, 'name' | 'directory'>,
  place: ScriptPlace,
): Promise<RehearsedStep> {
  const step = await loadStep(migration, place)
  const run = async (
    direction: 'up' | 'down',
    database: DatabaseUrl,
    time: RehearsalTime,
  ): Promise<string | undefined> => {
    try {
      await runStep({ ...alone, database, place }, { step, direction, ledgerId: time })
      return undefined
    } catch (error) {
      // Any other failure is of the server or of this process, and says nothing of the step.
      if (!isFailure(error) || !error.code.startsWith('DATA_')) throw error
      const { message, why = '' } = error.details
      return [message.replace(/\.$/, ''), why.split('\n')[0] ?? ''].filter((part) => part !== '').join(': ')
    }
  }
  return {
    noWayBack: isNoWayBack(step.down) ? step.down.reason : undefined,
    up: (database, time) => run('up', database, time),
    down: (database, time) => run('down', database, time),
  }
}

/** One worker goes through the rows in one order; nobody else is there to be spared. */
const alone = { workers: 1, brakes: { replicationLag: 0, lockWaits: 0 } }
