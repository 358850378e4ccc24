import { status } from '../../apply/status.ts'
import { readHistory } from '../../history/read-history.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { renderStatus } from '../render/migrations.ts'
import { openWorkspace, type Workspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'status',
  summary: 'show which migrations are applied, pending or in the way',
  description:
    'Compares the history with the ledger of the database. Reads only. Ends with exit code 4 where anything is pending, ' +
    'failed, edited or missing, or where --drift finds a catalog that the ledger does not explain.',
  accepts: ['env'],
  options: {
    drift: {
      flag: '--drift',
      kind: 'boolean',
      description: 'also compare the catalog with a rehearsal of the applied migrations',
    },
  },
  examples: [
    { line: 'tide status', does: 'lists the migrations and where each stands' },
    { line: 'tide status --drift --json', does: 'also says whether the catalog is what the ledger says' },
  ],
  run: async (context, { drift }) => {
    const workspace = await openWorkspace(context)
    const history = await readHistory(workspace.project.migrationsDirectory)
    const database = await workspace.database()
    const result = await status({ database, history })
    const differences = drift ? await driftOf(context, workspace, database) : []
    const isFine = result.migrations.every(({ state, unfinished }) => state === 'applied' && unfinished === undefined)
    return {
      document: { ...result, drift: differences.length > 0, driftChecked: drift, differences },
      text: renderStatus({ ...result, drift: differences }, context.colors),
      ...(isFine && differences.length === 0 ? {} : { exitCode: 4 as const }),
    }
  },
})

async function driftOf(context: Context, workspace: Workspace, database: DatabaseUrl): Promise<readonly string[]> {
  const { findDrift, describeDifference } = await loadDrift()
  await using rehearsals = await workspace.rehearsals()
  const history = await readHistory(workspace.project.migrationsDirectory)
  const differences = await findDrift({ database, history, rehearsals, report: context.report })
  return differences.map(describeDifference)
}

/**
 * Loaded only where it is asked for: a status must be quick. A function of its own, since TypeScript 5.9 leaves the
 * `.ts` of an import in a function with `await using` as it is.
 */
async function loadDrift() {
  const { findDrift } = await import('../../apply/find-drift.ts')
  const { describeDifference } = await import('../../postgres/catalog/describe-difference.ts')
  return { findDrift, describeDifference }
}
