import { resolve } from 'node:path'
import { fileFormats } from '../../seed/deliver/files/formats.ts'
import { checkConfirm } from '../../seed/check-wishes.ts'
import { markDatabase, type MarkResult } from '../../seed/mark.ts'
import { seedEnvironment } from '../../mask/seed-environment.ts'
import { readHistory } from '../../history/read-history.ts'
import { boundHeap } from '../bound-heap.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { renderLoaded } from '../render/fixtures.ts'
import { renderSeed } from '../render/seed.ts'
import { openWorkspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'seed',
  summary: 'fill an environment with reference data and realistic rows',
  description:
    'Brings the reference data of seed/reference into the database, then fills the tables with synthetic rows, or ' +
    'the rows of a fixture, as seed/environments/ENV says or Tide’s own contract of that name. A second run changes nothing.',
  arguments: { environment: { description: 'dev, ci, qa, staging, production or one of your own; dev where it is left out' } },
  options: {
    rows: { flag: '--rows', kind: 'number', placeholder: 'N', description: 'synthetic rows of every model' },
    fromDatabase: {
      flag: '--from-database',
      kind: 'boolean',
      description: 'also fill tables that the schema does not model',
    },
    models: { flag: '--models', kind: 'string', placeholder: 'A,B', description: 'only these models' },
    referenceOnly: { flag: '--reference-only', kind: 'boolean', description: 'reference data and no synthetic rows' },
    truncate: { flag: '--truncate', kind: 'boolean', description: 'empty the tables first, where the environment allows it' },
    confirm: {
      flag: '--confirm',
      kind: 'string',
      placeholder: 'NAME',
      description: 'the database’s name, for --truncate on a database that is not embedded, and for --mark',
    },
    mark: { flag: '--mark', kind: 'boolean', description: 'only write into the database which environment it is' },
    dryRun: { flag: '--dry-run', kind: 'boolean', description: 'say what would change, and change nothing' },
    overwrite: {
      flag: '--overwrite',
      kind: 'boolean',
      description: 'give reference rows that were changed by hand what is declared',
    },
    seed: { flag: '--seed', kind: 'string', placeholder: 'TEXT', description: 'what all chance follows from' },
    to: {
      flag: '--to',
      kind: 'string',
      placeholder: 'DIR',
      description: 'write the synthetic rows as files into this folder, and not into the database',
    },
    format: {
      flag: '--format',
      kind: 'string',
      placeholder: 'FORMAT',
      choices: fileFormats,
      description: 'with --to: how; copy where it is left out',
    },
    from: {
      flag: '--from',
      kind: 'string',
      placeholder: 'DIR',
      description: 'load the synthetic rows from the files of this folder',
    },
    workers: { flag: '--workers', kind: 'number', placeholder: 'N', description: 'threads that make rows' },
  },
  examples: [
    { line: 'tide seed', does: 'fills the dev database' },
    { line: 'tide seed qa --rows 1000', does: 'fills qa with a thousand rows of every model' },
    { line: 'tide seed qa --to rows --format csv', does: 'writes the rows of qa as CSV files' },
    { line: 'tide seed production --dry-run', does: 'says which reference data would change' },
  ],
  run: async (context, { environment = 'dev', mark, ...flags }) => {
    boundHeap()
    checkConfirm({ mark, ...flags }, fillFlags(flags))
    const workspace = await openWorkspace({ ...context, environment })
    const database = await workspace.database()
    const isEmbedded = workspace.project.database.kind === 'embedded'
    const needsName = mark || (flags.truncate && !isEmbedded)
    const confirm = flags.confirm ?? (needsName ? await askName(context, environment, database.database) : undefined)
    if (mark) return marked(await markDatabase(database, environment, confirm))
    const { models, rows, workers, seed: chance, confirm: _, to, format, from, ...switches } = flags
    const result = await seedEnvironment({
      project: workspace.project,
      history: await readHistory(workspace.project.migrationsDirectory),
      environment,
      database,
      ...switches,
      ...(confirm === undefined ? {} : { confirm }),
      ...(rows === undefined ? {} : { rows }),
      ...(models === undefined ? {} : { models: models.split(',').map((name) => name.trim()) }),
      ...(workers === undefined ? {} : { workers }),
      ...(chance === undefined ? {} : { seed: chance }),
      ...(to === undefined ? {} : { to: resolve(context.directory, to) }),
      ...(format === undefined ? {} : { format: fileFormats.find((one) => one === format) ?? 'copy' }),
      ...(from === undefined ? {} : { from: resolve(context.directory, from) }),
      now: context.now().getTime(),
      signal: context.signal,
      report: context.report,
    })
    const loaded = result.fixture === undefined ? [] : renderLoaded(result.fixture, context.colors)
    const text = [...loaded, ...renderSeed(result, database.toString(), context.colors)]
    const isSettled = result.changedByHand.length === 0 || flags.overwrite
    return { document: result, text, ...(isSettled ? {} : { exitCode: 4 as const }) }
  },
})

/** The flags that say what is filled, as they were given. */
function fillFlags({ confirm: _, ...flags }: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(flags).flatMap(([name, value]) =>
    value === undefined || value === false ? [] : [`--${name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`],
  )
}

/** At a terminal the name is asked for; elsewhere the library refuses, and names the flag. */
async function askName(context: Context, environment: string, name: string): Promise<string | undefined> {
  if (!context.isInteractive) return undefined
  const message = `Type the name of the database (${name}) to go on with ${environment}:`
  return context.prompts.text({ message, flag: `--confirm ${name}` })
}

function marked({ environment, database, before }: MarkResult): CommandResult {
  const was = before === undefined || before === environment ? '' : ` It was marked as ${before}.`
  return { document: { environment, database, before: before ?? null }, text: `Marked ${database} as ${environment}.${was}` }
}
