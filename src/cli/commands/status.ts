import { status } from '../../apply/status.ts'
import { type Migration, readHistory } from '../../history/read-history.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import type { Verdict } from '../../proof/proof.ts'
import { isCurrent, readProofs } from '../../proof/record/read-proofs.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { renderStatus } from '../render/migrations.ts'
import { openWorkspace, type Workspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'status',
  summary: 'show which migrations are applied, pending or in the way',
  description:
    'Compares the history with the ledger of the database. Reads only. Ends with exit code 4 where anything is pending, ' +
    'failed, edited or missing, where a data step is owed, or where --drift finds a catalog that the ledger does not explain.',
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
    const verdicts = verdictsOf(history, workspace.project.rehearsalSetup)
    const migrations = result.migrations.map((one) => ({ ...one, ...verdicts.get(one.name) }))
    const isFine =
      result.dataOwed === 0 &&
      result.migrations.every(({ state, unfinished }) => state === 'applied' && unfinished === undefined)
    return {
      document: { ...result, migrations, drift: differences.length > 0, driftChecked: drift, differences },
      text: renderStatus({ ...result, migrations, drift: differences }, context.colors),
      ...(isFine && differences.length === 0 ? {} : { exitCode: 4 as const }),
    }
  },
})

/** What the proofs say that still hold. */
function verdictsOf(
  history: readonly Migration[],
  setup: string | undefined,
): ReadonlyMap<string, { readonly verdict?: Verdict }> {
  return new Map(
    readProofs(history, setup).flatMap((state) =>
      state.proof !== undefined && isCurrent(state) ? [[state.migration.name, { verdict: state.proof.verdict }]] : [],
    ),
  )
}

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
