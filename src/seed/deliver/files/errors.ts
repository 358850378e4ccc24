import { defineFailure } from '../../../errors/failure.ts'

/** The tables of the database are not those that the files were written for. */
export const filesColumns = defineFailure('SEED_FILES_COLUMNS', (file: string, reason: string) => ({
  message: `${file} does not fit the database: ${reason}.`,
  why: 'The files were written for another schema. Nothing was changed.',
  fix: 'Write them anew (a fixture: `tide fixtures upgrade`), or bring the database to the schema they were written for with `tide up`.',
  meta: { file },
}))

/** A file is not what its manifest says. */
export const filesDamaged = defineFailure('SEED_FILES_DAMAGED', (file: string, reason: string) => ({
  message: `${file} is not as it was written: ${reason}.`,
  why: 'It was changed, or not copied whole.',
  fix: 'Copy the folder again, or write it anew: `tide seed ENV --to DIR`, or `tide fixtures build` where it is a fixture.',
  meta: { file },
}))

/** A folder that holds something else. */
export const filesDirectory = defineFailure('SEED_FILES_DIRECTORY', (directory: string, reason: string) => ({
  message: `The files cannot be written to ${directory}: ${reason}.`,
  why: 'Files go into a folder that is new or empty, or that holds files of an earlier run with their manifest.json.',
  fix: 'Name another folder after --to, or empty this one.',
}))

/** Files of another environment. */
export const filesEnvironment = defineFailure('SEED_FILES_ENVIRONMENT', (written: string, asked: string) => ({
  message: `The files were written for ${written}, not for ${asked}.`,
  why: 'manifest.json says for which environment they are. Nothing was changed.',
  fix: `Load them with \`tide seed ${written} --from DIR\`, or write others with \`tide seed ${asked} --to DIR\`.`,
}))

/** Flags that contradict each other. */
export const filesFlags = defineFailure('SEED_FILES_FLAGS', (flag: '--from' | '--to', others: readonly string[]) => ({
  message: `${others.join(', ')} cannot be used together with ${flag}.`,
  why: flag === '--from' ? 'The files say which rows there are.' : 'Synthetic rows go into files, and not into the database.',
  fix: `Leave out ${others.join(' and ')}.`,
}))

/** A format, and nothing to write. */
export const formatWithoutTo = defineFailure('SEED_FILES_FORMAT', (format: string) => ({
  message: '--format says how files are written, and no folder is named.',
  fix: `Say where: tide seed ENV --to DIR --format ${format}`,
}))

/** Reference data has other keys here. */
export const filesKeys = defineFailure(
  'SEED_FILES_KEYS',
  (others: readonly { readonly table: string; readonly rows: number }[]) => ({
    message: `${others.map(({ table, rows }) => `${rows} ${rows === 1 ? 'row' : 'rows'} of ${table}`).join(', ')} ${others.length === 1 && others[0]?.rows === 1 ? 'has another key' : 'have other keys'} here than where the files were written.`,
    why: 'Rows of the files point to reference data by keys that the database gives, and would point to other rows. Nothing was changed.',
    fix: 'Load them with --truncate, where the environment allows it: reference data then gets the keys of the files. Where seed/reference itself gives other keys now, write the files anew: tide seed ENV --to DIR',
    meta: { tables: others },
  }),
)

/** A file that the folder lacks. */
export const filesMissing = defineFailure('SEED_FILES_MISSING', (directory: string, file: string) => ({
  message: `${directory} has no ${file}.`,
  why: 'Rows are loaded only where the manifest and all files that it lists are there. Nothing was changed.',
  fix: 'Check the name of the folder, copy it again, or write it anew: `tide seed ENV --to DIR`, or `tide fixtures build` where it is a fixture.',
  meta: { file },
}))

/** There are no rows to write. */
export const filesNothing = defineFailure('SEED_FILES_NOTHING', (environment: string) => ({
  message: `There is nothing to write: ${environment} gets no synthetic rows.`,
  fix: `Say how many: tide seed ${environment} --to DIR --rows 20`,
}))

/** Tables with rows that those of the files were not numbered after. */
export const filesOccupied = defineFailure('SEED_FILES_OCCUPIED', (tables: readonly string[]) => ({
  message: `${tables.slice(0, 3).join(', ')}${tables.length > 3 ? ` and ${tables.length - 3} more` : ''} already hold${tables.length === 1 ? 's' : ''} rows.`,
  why: 'The keys in the files were numbered for a database that holds other rows. No row was loaded.',
  fix: 'Empty the tables first, with --truncate where the environment allows it.',
  meta: { tables },
}))

/** A file that nobody can make sense of. */
export const filesUnreadable = defineFailure('SEED_FILES_UNREADABLE', (file: string, reason: string) => ({
  message: `${file} cannot be read: ${reason}.`,
  why: 'It was changed by hand, cut off, or is of something else. Nothing was changed.',
  fix: 'Copy the folder again, or write it anew: `tide seed ENV --to DIR`, or `tide fixtures build` where it is a fixture.',
  meta: { file },
}))

/** The file system took no more. */
export const filesUnwritten = defineFailure('SEED_FILES_WRITE', (directory: string, reason: string) => ({
  message: `The files could not be written to ${directory}: ${reason}.`,
  why: 'What was written before was removed again; a folder without manifest.json is not loaded.',
  fix: 'Make room or allow it, and run the same command again. The database was not changed.',
}))

/** Files of another version of Tide. */
export const filesVersion = defineFailure('SEED_FILES_VERSION', (found: number, known: number) => ({
  message: `The files have the format ${found}, this version of Tide reads ${known}.`,
  why: 'Another version of Tide wrote them. Nothing was changed.',
  fix: 'Write them anew with this version: tide seed ENV --to DIR',
}))
