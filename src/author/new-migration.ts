import { dataStepFiles } from './data-step-files.ts'
import { readHistory } from '../history/read-history.ts'
import type { Project } from '../project/open-project.ts'
import { migrationFolderName, writeMigrationFolder } from './migration-folder.ts'

/** What an empty migration is made from. */
export interface NewMigrationOptions {
  readonly migrationsDirectory: string
  /** What it does, in a few words. */
  readonly name: string
  /** What the person means to write: statements of any kind, or a change of rows. */
  readonly kind: 'sql' | 'data'
  readonly now: Date
  /** With `data`: the project whose schema is put beside the data step. */
  readonly project?: Pick<Project, 'schema' | 'migrationsDirectory'>
}

/** The empty migration that was written. */
export interface NewMigration {
  readonly migration: string
  /** Absolute paths. */
  readonly files: readonly string[]
}

/**
 * Makes an empty migration with its empty rollback, to fill in by hand.
 * @throws AUTHOR_FOLDER_UNWRITABLE
 */
export async function newMigration(options: NewMigrationOptions): Promise<NewMigration> {
  const history = await readHistory(options.migrationsDirectory)
  const migration = migrationFolderName(options.name, options.now, history)
  const dataFiles = options.kind === 'data' && options.project !== undefined ? dataStepFiles(options.project) : {}
  const texts = { ...templates[options.kind], ...dataFiles }
  const files = await writeMigrationFolder(options.migrationsDirectory, migration, texts)
  return { migration, files }
}

const templates: Readonly<Record<NewMigrationOptions['kind'], Readonly<Record<string, string>>>> = {
  sql: {
    'migration.sql': `-- Write the statements here. They commit together where PostgreSQL allows it.
-- Views, triggers, functions, CHECK constraints and partial indexes are left alone by later migrations.
`,
    'down.sql': `-- Write the statements that lead back here. While they cannot bring everything back, keep the line
-- below, with the reason; \`tide down\` then asks for --accept-loss.
-- tide: incomplete reason="not written yet"
`,
  },
  data: {
    'migration.sql': `-- Statements that the data step needs before it runs, such as a new column. It may stay empty.
`,
    'down.sql': `-- Statements that lead back here; the data step's own way back, in data.ts, runs before them.
`,
  },
}
