import { isPending } from '../../history/compare-history.ts'
import { type Migration, readHistory } from '../../history/read-history.ts'
import { status } from '../../apply/status.ts'
import type { Project } from '../../project/open-project.ts'
import { type AskedHazard, askEnvironment } from '../../proof/ask-environment.ts'
import { isCurrent, readProofs } from '../../proof/record/read-proofs.ts'
import { type Verification, verify } from '../../proof/verify.ts'
import { chooseMigrations } from '../choose-migrations.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { usageWrong } from '../errors.ts'
import { renderAsked } from '../render/asked.ts'
import { renderVerification } from '../render/proofs.ts'
import { openWorkspace, type Workspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'verify',
  summary: 'rehearse migrations up, down and up again, and write down the proof',
  description:
    'Runs each migration in a rehearsal filled with rows, some of them made to break it, then its data step, then both ' +
    'back, then both again, and compares the structure and every row. Writes proof.json beside migration.sql. Without a ' +
    'name: the migrations whose proof is missing or stale. Ends with exit code 4 where something came out that no ' +
    'directive accepts, and with --against where an environment has rows that would break a migration, or may have.',
  arguments: { migration: { description: 'their names, or beginnings that only they have', many: true } },
  options: {
    all: { flag: '--all', kind: 'boolean', description: 'every migration of the history' },
    since: { flag: '--since', kind: 'string', placeholder: 'REF', description: 'those added or changed since a git reference' },
    rows: { flag: '--rows', kind: 'number', placeholder: 'N', description: 'rows that each table is given', default: 10 },
    against: {
      flag: '--against',
      kind: 'string',
      placeholder: 'ENV',
      description: 'count the rows of an environment that would break its pending migrations; only reads there',
    },
  },
  examples: [
    { line: 'tide verify', does: 'proves what has no proof, or one that no longer holds' },
    { line: 'tide verify 20261122101500_split_full_name', does: 'proves one migration' },
    { line: 'tide verify --since origin/main', does: 'proves what a branch adds' },
    { line: 'tide verify --against production', does: 'asks production for rows that would break what is pending' },
  ],
  run: async (context, { migration, all, since, rows, against }) => {
    if (rows === 0) throw usageWrong('A rehearsal without rows proves nothing.', 'Give each table at least one: --rows 1.')
    const workspace = await openWorkspace(context)
    const { project } = workspace
    const history = await readHistory(project.migrationsDirectory)
    const target = against === undefined ? undefined : await findTarget(context, against, history)
    const chosen = await chooseMigrations(project, history, { wanted: migration, since, all })
    const names = chosen ?? notCurrent(project, history, target?.pending)
    const verification = await prove(context, workspace, { history, names, rows })
    const asked = target === undefined ? undefined : await askTarget(project, history, target)
    return {
      document: documentOf(verification, target, asked),
      text: [
        ...(names.length === 0 ? [nothingToDo(history.length)] : renderVerification(verification, context.colors)),
        ...(target === undefined || asked === undefined ? [] : renderAsked(asked, target, context.colors)),
      ],
      ...exitOf(verification, asked ?? []),
    }
  },
})

interface Target {
  readonly environment: string
  /** Without a password. */
  readonly database: string
  readonly url: Awaited<ReturnType<Workspace['database']>>
  /** Migrations that it does not have yet, in order. */
  readonly pending: readonly string[]
}

async function findTarget(context: Context, environment: string, history: readonly Migration[]): Promise<Target> {
  const { database } = await openWorkspace({ ...context, environment })
  const url = await database()
  const { migrations } = await status({ database: url, history })
  return { environment, database: url.toString(), url, pending: migrations.filter(isPending).map(({ name }) => name) }
}

/** Those whose proof is missing or stale; where an environment is asked, of its pending ones. */
function notCurrent(project: Project, history: readonly Migration[], pending?: readonly string[]): readonly string[] {
  return readProofs(history, project.rehearsalSetup)
    .filter((state) => !isCurrent(state) && (pending?.includes(state.migration.name) ?? true))
    .map(({ migration }) => migration.name)
}

interface Proving {
  readonly history: readonly Migration[]
  readonly names: readonly string[]
  readonly rows: number
}

async function prove(context: Context, workspace: Workspace, { history, names, rows }: Proving): Promise<Verification> {
  const summary = { exact: 0, lossy: 0, irreversible: 0, fails: 0 }
  if (names.length === 0) return { migrations: [], summary, ms: 0 }
  const setup = workspace.project.rehearsalSetup
  await using rehearsals = await workspace.rehearsals()
  return await verify({
    history,
    names,
    rehearsals,
    rows,
    scripts: workspace.project,
    ...(setup === undefined ? {} : { setup }),
    report: context.report,
    signal: context.signal,
  })
}

/** What breaks in the rehearsal is asked for, and what could not be tried there. */
async function askTarget(
  project: Project,
  history: readonly Migration[],
  target: Target,
): Promise<readonly AskedHazard[]> {
  const hazards = readProofs(history, project.rehearsalSetup)
    .filter((state) => isCurrent(state) && target.pending.includes(state.migration.name))
    .flatMap(({ migration, proof }) =>
      (proof?.hazards ?? [])
        .filter(({ outcome }) => outcome === 'breaks' || outcome === 'untried')
        .map((hazard) => ({ ...hazard, migration: migration.name })),
    )
  return askEnvironment({ database: target.url, hazards })
}

function nothingToDo(migrations: number): string {
  if (migrations === 0) return 'There are no migrations yet.'
  return 'Nothing to rehearse: every proof holds. `tide check` says what they show.'
}

function documentOf({ stopped, ...rest }: Verification, target?: Target, asked?: readonly AskedHazard[]): object {
  const against = target === undefined ? {} : { against: { ...namesOf(target), rows: asked } }
  if (stopped === undefined) return { ...rest, ...against }
  const { code, details } = stopped.reason
  return { ...rest, stopped: { migration: stopped.migration, code, ...details }, ...against }
}

function namesOf({ environment, database, pending }: Target): Omit<Target, 'url'> {
  return { environment, database, pending }
}

/** What stops the history is a failure to act on; what nobody accepts, or a database has, is a finding. */
function exitOf({ migrations, stopped }: Verification, asked: readonly AskedHazard[]): Pick<CommandResult, 'exitCode'> {
  if (stopped !== undefined) return { exitCode: 2 }
  // A question that could not be asked is no answer.
  const isOpen = asked.some(({ count, problem }) => problem !== undefined || count === undefined || count > 0)
  const isFound = isOpen || migrations.some(({ unaccepted }) => unaccepted.length > 0)
  return isFound ? { exitCode: 4 } : {}
}
