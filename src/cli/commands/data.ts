import { type DataOrder, orderStep } from '../../data/control.ts'
import { readDataStatus } from '../../data/status.ts'
import { stepMissing } from '../../data/errors.ts'
import { skipStep } from '../../data/skip-step.ts'
import { workOnData } from '../../data/work.ts'
import { loadStep } from '../../data/step/load-step.ts'
import { writeUndoSql } from '../../data/undo-sql.ts'
import { findMigration } from '../../apply/find-migration.ts'
import { type Migration, readHistory } from '../../history/read-history.ts'
import type { Project } from '../../project/open-project.ts'
import { type Command, defineCommand, defineCommandGroup } from '../command.ts'
import { dataOptions, readDataOptions } from '../data-options.ts'
import { renderDataStatus, renderDataWork } from '../render/data.ts'
import { lockTimeoutOf, openWorkspace } from '../workspace.ts'

const status = defineCommand({
  name: 'status',
  summary: 'show how far the data steps have come',
  description:
    'Tells of each data step whose migration is applied: its state, rows done and to do, rate, time left, the key ' +
    'reached, and rows that could not be changed. Reads only. Ends with exit code 4 where one is not done.',
  accepts: ['env'],
  examples: [{ line: 'tide data status', does: 'shows the data steps of the dev database' }],
  run: async (context) => {
    const { project, database } = await openWorkspace(context)
    const document = await readDataStatus(await database(), await readHistory(project.migrationsDirectory))
    return {
      document,
      text: renderDataStatus(document, context.colors),
      ...(document.owed === 0 ? {} : { exitCode: 4 as const }),
    }
  },
})

const work = defineCommand({
  name: 'work',
  summary: 'work on the data steps that are owed, beside whoever else does',
  description:
    'Runs the data steps that applied migrations owe, and applies no migration. On as many machines as wanted: workers ' +
    'share a step through row locks, and each batch happens once. Ends when nothing is left; Ctrl-C stops between batches.',
  accepts: ['env'],
  options: {
    ...dataOptions,
    lockTimeout: {
      flag: '--lock-timeout',
      kind: 'number',
      placeholder: 'MS',
      description: 'how long a statement waits for a lock before its batch makes way; 200 where nothing is said',
    },
  },
  examples: [{ line: 'tide data work --env production --workers 4', does: 'helps with what production owes' }],
  run: async (context, { lockTimeout, ...input }) => {
    const { project, database: resolve } = await openWorkspace(context)
    const history = await readHistory(project.migrationsDirectory)
    const database = await resolve()
    const options = {
      database,
      place: project,
      ...readDataOptions(project, input),
      ...lockTimeoutOf(project, lockTimeout),
      report: context.report,
      signal: context.signal,
    }
    const document = await workOnData(options, history)
    return { document, text: renderDataWork(document, database.toString()) }
  },
})

/** The migrations with a data step, and the name of the one that is meant. */
async function findStep(project: Project, wanted: string): Promise<{ history: readonly Migration[]; name: string }> {
  const all = await readHistory(project.migrationsDirectory)
  const history = all.filter(({ hasData }) => hasData)
  const names = history.map((one) => one.name)
  if (!names.some((name) => name.startsWith(wanted))) {
    throw stepMissing(findMigration(wanted, all.map((one) => one.name)), names)
  }
  return { history, name: findMigration(wanted, names) }
}

const undo = defineCommand({
  name: 'undo',
  summary: 'write the SQL that takes a data step back, for review',
  description:
    'Writes what `tide down` would do to the rows, as SQL: for a step with a recorded undo a statement for each row, with ' +
    'what it held; for a step of SQL its own way back over the rows it has changed. Runs nothing.',
  accepts: ['env'],
  arguments: { migration: { description: 'its migration, or a beginning that only it has', required: true } },
  examples: [{ line: 'tide data undo 20261122101500_split_full_name > undo.sql', does: 'writes it into a file' }],
  run: async (context, { migration: wanted }) => {
    const { project, database } = await openWorkspace(context)
    const { history, name } = await findStep(project, wanted)
    const migration = history.find((one) => one.name === name)
    const sql = migration === undefined ? '' : await writeUndoSql(await database(), await loadStep(migration, project))
    return { document: { migration: name, sql }, text: sql.trimEnd() }
  },
})

const skip = defineCommand({
  name: 'skip',
  summary: 'say that a database needs nothing of a data step',
  description:
    'Takes a data step that is owed, has failed or was cancelled as one that this database needs nothing more of: no row ' +
    'is changed, and no later migration waits for it. What it had done so far stays, and `tide down` takes it back. For ' +
    'databases that another tool migrated past what the step needs. `tide data resume` takes it up again.',
  accepts: ['env'],
  arguments: { migration: { description: 'its migration, or a beginning that only it has', required: true } },
  examples: [{ line: 'tide data skip 20261122101500_split_full_name', does: 'leaves out the one of that migration' }],
  run: async (context, { migration: wanted }) => {
    const { project, database } = await openWorkspace(context)
    const { history, name } = await findStep(project, wanted)
    const document = await skipStep(await database(), history, name)
    return { document, text: `The data step of ${document.migration} is ${document.state} (was ${document.before}).` }
  },
})

const orders: readonly Command[] = [
  order('pause', 'hold a data step: whoever works on it waits', 'Holds'),
  order('resume', 'go on with a data step that was paused or cancelled', 'Goes on with'),
  order('cancel', 'end a data step: whoever works on it stops', 'Ends'),
]

function order(name: DataOrder, summary: string, verb: string): Command {
  return defineCommand({
    name,
    summary,
    description:
      `${verb} a data step that has begun; its workers see it before their next batch, wherever they run. What is done ` +
      'stays done.',
    accepts: ['env'],
    arguments: { migration: { description: 'its migration, or a beginning that only it has; not needed where it is the only one' } },
    examples: [{ line: `tide data ${name} 20261122101500_split_full_name`, does: `${verb.toLowerCase()} the one of that migration` }],
    run: async (context, { migration }) => {
      const { database } = await openWorkspace(context)
      const document = await orderStep(await database(), name, migration)
      return { document, text: `The data step of ${document.migration} is ${document.state} (was ${document.before}).` }
    },
  })
}

export const command = defineCommandGroup({
  name: 'data',
  summary: 'data steps: status, work, undo, pause, resume, cancel, skip',
  description: 'The data steps of migrations: `tide up` runs them; these commands watch, help and hold.',
  commands: [status, work, undo, ...orders, skip],
})
