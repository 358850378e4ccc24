import { join } from 'node:path'
import { createFolder, writeFiles } from './files.ts'
import { type Migration, readHistory } from '../../src/history/read-history.ts'

/** A migration as a test writes it: `migration.sql` alone, or with its `down.sql`. */
export type MigrationText = string | { readonly up: string; readonly down: string }

/** A history on disk, made of folder names and their SQL. */
export interface TestHistory {
  readonly directory: string
  read(): Promise<readonly Migration[]>
  /** Writes migrations, over those of the same name. */
  write(migrations: Readonly<Record<string, MigrationText>>): Promise<readonly Migration[]>
}

/** A folder of migrations, removed when the test is over. */
export function createHistory(migrations: Readonly<Record<string, MigrationText>> = {}): TestHistory {
  const directory = createFolder(filesOf(migrations))
  const read = (): Promise<readonly Migration[]> => readHistory(directory)
  return {
    directory,
    read,
    write: (more) => {
      writeFiles(directory, filesOf(more))
      return read()
    },
  }
}

function filesOf(migrations: Readonly<Record<string, MigrationText>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(migrations).flatMap(([name, text]) =>
      typeof text === 'string'
        ? [[join(name, 'migration.sql'), text]]
        : [
            [join(name, 'migration.sql'), text.up],
            [join(name, 'down.sql'), text.down],
          ],
    ),
  )
}
