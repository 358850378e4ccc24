import { readHistory } from '../history/read-history.ts'
import { migrationFolderName, writeMigrationFolder } from './migration-folder.ts'

/** What an empty migration is made from. */
export interface NewMigrationOptions {
  readonly migrationsDirectory: string
  /** What it does, in a few words. */
  readonly name: string
  /** What the person means to write: statements of any kind, or a change of rows. */
  readonly kind: 'sql' | 'data'
  readonly now: Date
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
  const files = await writeMigrationFolder(options.migrationsDirectory, migration, templates[options.kind])
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
    'migration.sql': `-- Change rows here, so that running it twice changes nothing more:
--   UPDATE "Model" SET "new" = … WHERE "new" IS NULL;
-- It runs in one transaction: on a large table its locks last as long as it does.
`,
    'down.sql': `-- Change the rows back here. While they cannot be, keep the line below, with the reason;
-- \`tide down\` then asks for --accept-loss.
-- tide: incomplete reason="the rows' earlier values are not kept"
`,
  },
}
