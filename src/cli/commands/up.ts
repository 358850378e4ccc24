import { up } from '../../apply/up.ts'
import { readHistory } from '../../history/read-history.ts'
import { defineCommand } from '../command.ts'
import { dataOptions, readDataOptions } from '../data-options.ts'
import { lockOptions, readLockOptions } from '../lock-options.ts'
import { renderUp } from '../render/migrations.ts'
import { openWorkspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'up',
  summary: 'apply the migrations that are pending',
  description:
    'Runs the migration.sql of every pending migration, in order, and records each in the ledger. All files are ' +
    'parsed before the first statement runs. After a crash, a failure or Ctrl-C, the same command goes on.',
  accepts: ['env'],
  options: {
    to: { flag: '--to', kind: 'string', placeholder: 'NAME', description: 'the last migration to apply' },
    ...lockOptions,
    ...dataOptions,
  },
  examples: [
    { line: 'tide up', does: 'applies everything that is pending' },
    { line: 'tide up --to 20261122101500_split_full_name', does: 'applies up to that one' },
    { line: 'tide up --env production --json', does: 'prints what was applied as JSON' },
  ],
  run: async (context, { to, workers, batchTime, ...locks }) => {
    const { project, database: resolve } = await openWorkspace(context)
    const history = await readHistory(project.migrationsDirectory)
    const database = await resolve()
    const result = await up({
      database,
      history,
      ...(to === undefined ? {} : { to }),
      ...readLockOptions(project, locks),
      place: project,
      data: readDataOptions(project, { workers, batchTime }),
      report: context.report,
      signal: context.signal,
    })
    return { document: result, text: renderUp(result, database.toString(), context.colors) }
  },
})
