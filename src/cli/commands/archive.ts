import { findMigration } from '../../apply/find-migration.ts'
import { type ArchiveEntry, listArchives } from '../../history/archive/list-archives.ts'
import { purgeArchives, selectArchives } from '../../history/archive/purge-archives.ts'
import { withConnection } from '../../postgres/connect.ts'
import { readAge } from '../age.ts'
import { defineCommand, defineCommandGroup } from '../command.ts'
import type { Context } from '../context.ts'
import { declined, purgeUnconfirmed, usageWrong } from '../errors.ts'
import { renderArchives, renderPurge } from '../render/archives.ts'
import { openWorkspace } from '../workspace.ts'

const migration = { description: 'the migration: its name, or a beginning that only it has' }
const olderThan = {
  flag: '--older-than',
  kind: 'string',
  placeholder: 'AGE',
  description: 'only of migrations that ran longer ago: 12h, 30d, 8w',
} as const

const list = defineCommand({
  name: 'list',
  summary: 'show what migrations keep for their rollbacks',
  description:
    'Lists what is archived in the environment’s database: of which table or columns, by which migration, how long ago, ' +
    'how many rows and how large. Changes nothing.',
  accepts: ['env'],
  arguments: { migration },
  options: { olderThan },
  examples: [
    { line: 'tide archive list', does: 'lists what the dev database keeps' },
    { line: 'tide archive list --env production --older-than 30d', does: 'lists what production keeps for more than 30 days' },
  ],
  run: async (context, selection) => {
    const { database: resolve } = await openWorkspace(context)
    const database = await resolve()
    const entries = choose(context, await withConnection(database, listArchives), selection)
    return { document: documentOf(entries), text: renderArchives(entries, context.now(), context.colors) }
  },
})

const purge = defineCommand({
  name: 'purge',
  summary: 'delete what migrations keep: the point of no return',
  description:
    'Deletes archives for good. Afterwards the rollback of their migration stops, unless it is told to lose what was ' +
    'archived. Takes a migration, --older-than or --all.',
  accepts: ['env', 'yes'],
  arguments: { migration },
  options: {
    olderThan,
    all: { flag: '--all', kind: 'boolean', description: 'of every migration' },
    confirm: {
      flag: '--confirm',
      kind: 'string',
      placeholder: 'NAME',
      description: "the database's name, where it is not the embedded one",
    },
  },
  examples: [
    { line: 'tide archive purge --older-than 30d', does: 'deletes what is kept for more than 30 days' },
    {
      line: 'tide archive purge 20261122101500_drop_nickname --env production --confirm shop',
      does: 'deletes what one migration keeps in production',
    },
  ],
  run: async (context, { all, confirm, ...selection }) => {
    if (selection.migration === undefined && selection.olderThan === undefined && !all) {
      throw usageWrong('What is to be purged?', 'Name a migration, an age with --older-than, or --all. `tide archive list` shows what there is.')
    }
    const { project, database: resolve } = await openWorkspace(context)
    const database = await resolve()
    return withConnection(database, async (connection) => {
      const entries = choose(context, await listArchives(connection), selection)
      if (entries.length > 0) {
        const isOurs = project.database.kind === 'embedded'
        if (!isOurs && confirm !== database.database) throw purgeUnconfirmed(database.database, confirm)
        if (isOurs && confirm !== database.database) await ask(context, entries)
        await purgeArchives(connection, entries)
      }
      const document = { ...documentOf(entries), purged: entries.length }
      return { document, text: renderPurge(entries, context.colors) }
    })
  },
})

async function ask(context: Context, entries: readonly ArchiveEntry[]): Promise<void> {
  const names = [...new Set(entries.map((entry) => entry.migration))].join(', ')
  const message = `Delete what ${names} archived? Its rows and values cannot be brought back then.`
  if (!(await context.prompts.confirm({ message, flag: '--yes', initial: false }))) throw declined(message)
}

function choose(
  context: Context,
  entries: readonly ArchiveEntry[],
  selection: { readonly migration: string | undefined; readonly olderThan: string | undefined },
): readonly ArchiveEntry[] {
  const names = [...new Set(entries.map((entry) => entry.migration))]
  const before = selection.olderThan === undefined ? {} : { before: readAge(selection.olderThan, context.now()) }
  const named = selection.migration === undefined ? {} : { migration: findMigration(selection.migration, names, 'archived') }
  return selectArchives(entries, { ...named, ...before })
}

function documentOf(entries: readonly ArchiveEntry[]): object {
  const sum = (of: (entry: ArchiveEntry) => number): number => entries.reduce((total, entry) => total + of(entry), 0)
  return { archives: entries, rows: sum(({ rows }) => rows), bytes: sum(({ bytes }) => bytes) }
}

export const command = defineCommandGroup({
  name: 'archive',
  summary: 'what migrations keep for their rollbacks: list, purge',
  description:
    'A migration that takes rows or values away keeps them in the schema tide_archive, so that it can be rolled back.',
  commands: [list, purge],
})
