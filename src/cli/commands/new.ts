import { dirname, relative } from 'node:path'
import { newMigration } from '../../author/new-migration.ts'
import { ensureSnapshotClient } from '../../data/client/snapshot-client.ts'
import { defineCommand } from '../command.ts'
import { openWorkspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'new',
  summary: 'make an empty migration to fill in by hand',
  description:
    'Writes a folder with an empty migration.sql and an empty down.sql. Use it for what a Prisma schema cannot ' +
    'express (views, triggers, functions, CHECK constraints, partial indexes), and with --data for changes of rows.',
  arguments: { name: { description: 'what the migration does, in a few words', required: true } },
  options: {
    sql: { flag: '--sql', kind: 'boolean', description: 'statements of any kind (the default)' },
    data: { flag: '--data', kind: 'boolean', description: 'a change of rows, as a data step: data.ts and the schema it is typed by' },
  },
  examples: [
    { line: 'tide new active_users_view', does: 'makes a migration for a view' },
    { line: 'tide new lower_emails --data', does: 'makes a migration with a data step' },
  ],
  run: async (context, { name, data }) => {
    const started = context.now()
    const { project } = await openWorkspace(context)
    const made = await newMigration({
      migrationsDirectory: project.migrationsDirectory,
      name,
      kind: data ? 'data' : 'sql',
      now: started,
      project,
    })
    if (data) await ensureSnapshotClient(dirname(made.files[0] ?? ''))
    const files = made.files.map((file) => relative(context.directory, file))
    const ms = context.now().getTime() - started.getTime()
    return {
      document: { migration: made.migration, files, questions: [], applied: false, ms },
      text: ['Wrote', ...files.map((file) => `  ${file}`), 'Fill them in, then run: tide up'],
    }
  },
})
