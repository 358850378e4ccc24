import { seed } from '../../seed/seed.ts'
import { defineCommand } from '../command.ts'
import { renderSeed } from '../render/seed.ts'
import { openWorkspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'seed',
  summary: 'fill an environment with reference data and realistic rows',
  description:
    'Brings the reference data of seed/reference into the database, then fills the tables with synthetic rows, as ' +
    'seed/environments/ENV says or Tide’s own contract of that name. A second run changes nothing.',
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
    dryRun: { flag: '--dry-run', kind: 'boolean', description: 'say what would change, and change nothing' },
    overwrite: {
      flag: '--overwrite',
      kind: 'boolean',
      description: 'give reference rows that were changed by hand what is declared',
    },
    seed: { flag: '--seed', kind: 'string', placeholder: 'TEXT', description: 'what all chance follows from' },
    workers: { flag: '--workers', kind: 'number', placeholder: 'N', description: 'threads that make rows' },
  },
  examples: [
    { line: 'tide seed', does: 'fills the dev database' },
    { line: 'tide seed qa --rows 1000', does: 'fills qa with a thousand rows of every model' },
    { line: 'tide seed production --dry-run', does: 'says which reference data would change' },
  ],
  run: async (context, { environment = 'dev', models, rows, workers, seed: chance, ...flags }) => {
    const { project, database: resolve } = await openWorkspace({ ...context, environment })
    const database = await resolve()
    const result = await seed({
      project,
      environment,
      database,
      ...flags,
      ...(rows === undefined ? {} : { rows }),
      ...(models === undefined ? {} : { models: models.split(',').map((name) => name.trim()) }),
      ...(workers === undefined ? {} : { workers }),
      ...(chance === undefined ? {} : { seed: chance }),
      now: context.now().getTime(),
      signal: context.signal,
      report: context.report,
    })
    const text = renderSeed(result, database.toString(), context.colors)
    return { document: result, text, ...(result.changedByHand.length === 0 || flags.overwrite ? {} : { exitCode: 4 as const }) }
  },
})
