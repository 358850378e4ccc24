import { adopt, type Adoption } from '../../author/adopt.ts'
import { ignoreStateDirectory, scaffoldProject } from '../../author/init/scaffold.ts'
import { isFailure } from '../../errors/failure.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { openWorkspace, type Workspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'init',
  summary: 'begin a project, or adopt an existing Prisma project',
  description:
    'In a folder without a Prisma schema it writes a small working project. In an existing project it writes the ' +
    'missing rollback (down.sql) of every migration, computed by replaying the history step by step and tried in a ' +
    'rehearsal. No existing file is changed but .gitignore, which gets a line for .tide/.',
  examples: [
    { line: 'tide init', does: 'begins a project here, or adopts the one that is here' },
    { line: 'tide init --project apps/web', does: 'the same in another folder' },
  ],
  run: async (context) => {
    const started = context.now().getTime()
    const workspace = await openExisting(context)
    return workspace === undefined ? begin(context, started) : adoptProject(context, workspace, started)
  },
})

/** Undefined where there is no schema yet. */
async function openExisting(context: Context): Promise<Workspace | undefined> {
  try {
    return await openWorkspace(context)
  } catch (error) {
    if (isFailure(error) && error.code === 'PROJECT_SCHEMA_NOT_FOUND') return undefined
    throw error
  }
}

async function begin(context: Context, started: number): Promise<CommandResult> {
  const files = await scaffoldProject(context.directory, context.version)
  return {
    document: { created: files, migrations: [], ms: context.now().getTime() - started },
    text: [
      'Wrote a small project:',
      ...files.map((file) => `  ${file}`),
      '',
      'Edit prisma/schema.prisma, then run:',
      '  npm install',
      '  npx tide dev --name init',
    ],
  }
}

async function adoptProject(context: Context, workspace: Workspace, started: number): Promise<CommandResult> {
  const { project } = workspace
  await using rehearsals = await workspace.rehearsals()
  const adoption = await adopt({
    history: { migrationsDirectory: project.migrationsDirectory },
    rehearsals,
    report: context.report,
    signal: context.signal,
  })
  const created = await ignoreStateDirectory(project.directory)
  const ms = context.now().getTime() - started
  const { migrations, stopped } = adoption
  const reason = stopped === undefined ? undefined : isFailure(stopped.reason) ? stopped.reason : undefined
  const problem = reason === undefined ? {} : { code: reason.code, ...reason.details }
  return {
    document: {
      created,
      migrations,
      ...(stopped === undefined ? {} : { stopped: { migration: stopped.migration, ...problem } }),
      ms,
    },
    text: adoptionLines(context, adoption),
    ...(stopped === undefined ? {} : { exitCode: 2 as const }),
  }
}

function adoptionLines(context: Context, { migrations, stopped }: Adoption): readonly string[] {
  const { colors } = context
  const written = migrations.filter((migration) => migration.down === 'written')
  const kept = migrations.filter((migration) => migration.down === 'kept')
  const incomplete = migrations.filter((migration) => migration.down === 'incomplete')
  const lines = [
    `${counted(migrations, 'migration')}: ${counted(written, 'complete rollback')} written, ` +
      `${counted(incomplete, 'incomplete one')}, ${String(kept.length)} there before.`,
    ...incomplete.flatMap((migration) => [
      colors.yellow(`  ${migration.name}`),
      ...migration.reasons.map((reason) => `    ${reason}`),
    ]),
  ]
  if (stopped === undefined) return [...lines, 'Next: tide status, then tide up.']
  const failure = isFailure(stopped.reason) ? stopped.reason : undefined
  const why = failure === undefined ? ['It was interrupted.'] : [failure.message, failure.details.why ?? '', failure.details.fix ?? '']
  return [...lines, colors.red(`Stopped at ${stopped.migration}.`), ...why.filter((line) => line !== '').map((line) => `  ${line}`)]
}

function counted(all: readonly unknown[], unit: string): string {
  return `${String(all.length)} ${unit}${all.length === 1 ? '' : 's'}`
}
