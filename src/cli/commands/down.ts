import { down } from '../../apply/down.ts'
import { readHistory } from '../../history/read-history.ts'
import { defineCommand } from '../command.ts'
import { lossUnconfirmed } from '../errors.ts'
import { dataOptions, readDataOptions } from '../data-options.ts'
import { lockOptions, readLockOptions } from '../lock-options.ts'
import { renderDown } from '../render/migrations.ts'
import { openWorkspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'down',
  summary: 'roll back the migration applied last, or more',
  description:
    'Runs the down.sql of the migrations applied last and marks them in the ledger as rolled back. Nothing is changed ' +
    'unless every one of them has a rollback; one that says of itself that it is incomplete needs --accept-loss.',
  accepts: ['env'],
  options: {
    steps: { flag: '--steps', kind: 'number', placeholder: 'N', description: 'how many migrations; 1 where nothing is said' },
    to: { flag: '--to', kind: 'string', placeholder: 'NAME', description: 'the migration that stays; 0 for none' },
    acceptLoss: { flag: '--accept-loss', kind: 'boolean', description: 'also run rollbacks that are incomplete' },
    confirm: {
      flag: '--confirm',
      kind: 'string',
      placeholder: 'NAME',
      description: "with --accept-loss: the database's name, where it is not the embedded one",
    },
    ...lockOptions,
    ...dataOptions,
  },
  examples: [
    { line: 'tide down', does: 'rolls back one migration' },
    { line: 'tide down --steps 3', does: 'rolls back three' },
    { line: 'tide down --to 20261122101500_split_full_name', does: 'rolls back what was applied after that one' },
    { line: 'tide down --to 0', does: 'rolls back everything' },
  ],
  run: async (context, { steps, to, acceptLoss, confirm, workers, batchTime, ...locks }) => {
    const { project, database: resolve } = await openWorkspace(context)
    const history = await readHistory(project.migrationsDirectory)
    const database = await resolve()
    const isOurs = project.database.kind === 'embedded'
    if (acceptLoss && !isOurs && confirm !== database.database) throw lossUnconfirmed(database.database, confirm)
    const result = await down({
      database,
      history,
      ...(steps === undefined ? {} : { steps }),
      ...(to === undefined ? {} : { to }),
      acceptLoss,
      ...readLockOptions(project, locks),
      place: project,
      data: readDataOptions(project, { workers, batchTime }),
      report: context.report,
      signal: context.signal,
    })
    return { document: result, text: renderDown(result, database.toString(), context.colors) }
  },
})
