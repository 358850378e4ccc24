import { findMigration } from '../../apply/find-migration.ts'
import { type Migration, readHistory } from '../../history/read-history.ts'
import { isFailure } from '../../errors/failure.ts'
import { isCurrent, readProofs } from '../../proof/record/read-proofs.ts'
import { type Verification, verify } from '../../proof/verify.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import { renderVerification } from '../render/proofs.ts'
import { openWorkspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'verify',
  summary: 'rehearse migrations up, down and up again, and write down the proof',
  description:
    'Runs each migration in a rehearsal filled with rows, some of them made to break it, then its down.sql, then the ' +
    'migration again, and compares the structure and every row. Writes proof.json beside migration.sql. Without a ' +
    'name: the migrations whose proof is missing or stale. Ends with exit code 4 where something came out that no ' +
    'directive accepts.',
  arguments: { migration: { description: 'their names, or beginnings that only they have', many: true } },
  options: {
    all: { flag: '--all', kind: 'boolean', description: 'every migration of the history' },
    rows: { flag: '--rows', kind: 'number', placeholder: 'N', description: 'rows that each table is given', default: 10 },
  },
  examples: [
    { line: 'tide verify', does: 'proves what has no proof, or one that no longer holds' },
    { line: 'tide verify 20261122101500_split_full_name', does: 'proves one migration' },
    { line: 'tide verify --all --json', does: 'proves the whole history' },
  ],
  run: async (context, { migration, all, rows }) => {
    const workspace = await openWorkspace(context)
    const { project } = workspace
    const history = await readHistory(project.migrationsDirectory)
    const setup = project.rehearsalSetup
    const names = chosen(history, { wanted: migration, all, ...(setup === undefined ? {} : { setup }) })
    if (names.length === 0) return nothingToDo(history.length)
    await using rehearsals = await workspace.rehearsals()
    const verification = await verify({
      history,
      names,
      rehearsals,
      rows,
      ...(setup === undefined ? {} : { setup }),
      report: context.report,
      signal: context.signal,
    })
    return {
      document: documentOf(verification),
      text: renderVerification(verification, context.colors),
      ...exitOf(verification),
    }
  },
})

interface Choice {
  readonly wanted: readonly string[]
  readonly all: boolean
  readonly setup?: string
}

function chosen(history: readonly Migration[], { wanted, all, setup }: Choice): readonly string[] {
  const names = history.map(({ name }) => name)
  if (all) return names
  if (wanted.length > 0) return wanted.map((name) => findMigration(name, names))
  return readProofs(history, setup).flatMap((state) => (isCurrent(state) ? [] : [state.migration.name]))
}

function nothingToDo(migrations: number): CommandResult {
  const summary = { exact: 0, lossy: 0, irreversible: 0, fails: 0 }
  const text = migrations === 0 ? 'There are no migrations yet.' : `All ${String(migrations)} proofs hold: nothing to rehearse.`
  return { document: { migrations: [], summary, ms: 0 }, text }
}

function documentOf({ stopped, ...rest }: Verification): object {
  if (stopped === undefined) return rest
  const { code, details } = stopped.reason
  return { ...rest, stopped: { migration: stopped.migration, code, ...details } }
}

/** What stops the history is a failure to act on; what nobody accepts is a finding. */
function exitOf({ migrations, stopped }: Verification): { readonly exitCode?: 2 | 4 } {
  if (stopped !== undefined && isFailure(stopped.reason)) return { exitCode: 2 }
  return migrations.some(({ unaccepted }) => unaccepted.length > 0) ? { exitCode: 4 } : {}
}
