import { defineFailure, type FailurePlace } from '../errors/failure.ts'

/** No script of that name. */
export const fixUnknown = defineFailure('FIX_UNKNOWN', (name: string, nearest: string | undefined) => ({
  message: `There is no fix ${JSON.stringify(name)} in scripts/fixes.`,
  fix: nearest === undefined ? `tide fix new ${slugOf(name)}` : `Did you mean ${nearest}? \`tide fix list\` shows all of them.`,
}))

/** A new fix under a name that is taken. */
export const fixExists = defineFailure('FIX_EXISTS', (file: string) => ({
  message: `${file} is there already.`,
  fix: 'Choose another name, or edit that file.',
  where: { file },
}))

/** A name with no letter or digit in it. */
export const fixNameInvalid = defineFailure('FIX_NAME_INVALID', (name: string) => ({
  message: `${JSON.stringify(name)} is no name for a fix.`,
  why: 'The name of the file is made of its letters and digits, and it has none.',
  fix: 'tide fix new repair_order_totals',
}))

/** The folder takes no file. */
export const fixUnwritable = defineFailure('FIX_UNWRITABLE', (file: string, reason: string) => ({
  message: `${file} cannot be written.`,
  why: reason,
  fix: 'Make the folder scripts/fixes writable and make room on the disk.',
}))

/** A script that does not export a fix. */
export const fixExport = defineFailure('FIX_EXPORT', (file: string) => ({
  message: `${file} exports no fix.`,
  fix: 'Write: export const fix = defineFix({ description: \'…\', run: async (tx) => { … } })',
  where: { file },
}))

/** A database that is not embedded is changed only where its name is typed. */
export const fixUnconfirmed = defineFailure('FIX_UNCONFIRMED', (database: string, given: string | undefined) => ({
  message: `Changing rows of the database "${database}" must be confirmed with its name.`,
  why: given === undefined ? 'It is not the embedded database.' : `"${given}" is not its name.`,
  fix: `Run the command again with --confirm ${database}, if that is the database you mean.`,
}))

/** A statement that no before-image could take back. */
export const statementRefused = defineFailure('FIX_STATEMENT_REFUSED', (statement: string, reason: string) => ({
  message: `A fix cannot run ${statement}.`,
  why: `${reason} Nothing was changed: everything that the script did before was rolled back.`,
  fix: 'Use INSERT, UPDATE, DELETE, MERGE and SELECT. A change of the structure is a migration: tide new NAME.',
}))

/** A function, trigger or DO block that changed the catalog. */
export const structureChanged = defineFailure('FIX_STRUCTURE_CHANGED', (catalogs: readonly string[]) => ({
  message: 'The script changed more than rows: a TRUNCATE or a change of the structure, in a function, a trigger or a DO block.',
  why: `It wrote into ${catalogs.join(', ')}. No before-image could take that back, so everything was rolled back.`,
  fix: 'Use DELETE for TRUNCATE and a common table expression for a temporary table; a change of the structure is a migration.',
  meta: { catalogs },
}))

/** A script that writes into what Tide keeps of fixes, migrations and seeds. */
export const journalChanged = defineFailure('FIX_JOURNAL_CHANGED', (tables: readonly string[]) => ({
  message: `The script changes ${tables.join(', ')}: what Tide itself keeps.`,
  why: 'By these rows fixes are undone and migrations applied. Everything was rolled back.',
  fix: 'Leave the schema tide alone in a fix.',
  meta: { tables },
}))

/** Rows that cannot be named cannot be restored. */
export const keyMissing = defineFailure('FIX_NO_PRIMARY_KEY', (tables: readonly string[]) => ({
  message: `The script changes ${tables.join(', ')}, which ${tables.length === 1 ? 'has' : 'have'} no primary key.`,
  why: 'Without one a row cannot be named, and not be restored. Everything was rolled back.',
  fix: 'Give the table a primary key with a migration.',
  meta: { tables },
}))

/** Rows of another server. */
export const foreignTable = defineFailure('FIX_FOREIGN_TABLE', (tables: readonly string[]) => ({
  message: `The script changes ${tables.join(', ')}, whose rows are on another server.`,
  why: 'Their before-images cannot be seen from here. Everything was rolled back.',
  fix: 'Run a fix on that server.',
  meta: { tables },
}))

/** Policies hide rows from the role. */
export const rowsHidden = defineFailure('FIX_ROW_SECURITY', (tables: readonly string[]) => ({
  message: `Row-level security acts on this role in ${tables.join(', ')}.`,
  why: 'It may hide rows that the script, a trigger or a cascade changes. Everything was rolled back.',
  fix: 'Connect as the owner of the table, or as a role with BYPASSRLS.',
  meta: { tables },
}))

/** The server does not count changes. */
export const countsOff = defineFailure('FIX_COUNTS_OFF', () => ({
  message: 'The server does not count changes of rows, so that Tide cannot find the tables that a fix touches.',
  why: 'track_counts is off.',
  fix: 'Set track_counts = on, as autovacuum needs it too.',
}))

/** The script threw, or the server refused a statement of it. */
export const scriptFailed = defineFailure('FIX_FAILED', (name: string, reason: string, where: FailurePlace) => ({
  message: `The fix ${name} failed, and everything that it did was rolled back.`,
  why: reason,
  fix: 'Correct the script and run it again.',
  where,
}))

/** Others held locks for too long. */
export const lockTimeout = defineFailure(
  'FIX_LOCK_TIMEOUT',
  (name: string, tried: { readonly attempts: number; readonly seconds: number; readonly reason: string }) => ({
    message: `${name} did not get its locks in ${tried.seconds} s and ${tried.attempts} attempts. Nothing was changed.`,
    why: tried.reason,
    fix: 'Run it again when the others are done, or give it longer: --lock-budget 300.',
  }),
)

/** A fix, or an undo, in batches that did not come to its end. */
export const batchesStopped = defineFailure(
  'FIX_BATCHES_STOPPED',
  (
    label: string,
    at: { readonly visited: number; readonly total: number; readonly what: 'rows' | 'batches'; readonly run?: string },
    reason: string,
  ) => ({
    message:
      `${label} was stopped behind ${at.visited.toLocaleString('en')} of ${at.what === 'rows' ? 'about ' : ''}` +
      `${at.total.toLocaleString('en')} ${at.what}${at.run === undefined ? '; all of it is rolled back' : `; these are kept as run ${at.run}`}.`,
    why: reason,
    fix:
      at.run === undefined
        ? 'Correct the script or the rows, and rehearse it again.'
        : `The same command goes on behind them, once what stopped it is mended. To take back what is done: tide fix undo ${at.run}`,
    meta: at,
  }),
)

/** A fix whose last run is neither finished nor wholly undone. */
export const undoUnfinished = defineFailure('FIX_UNDO_UNFINISHED', (fix: string, run: string) => ({
  message: `The undo of run ${run} of ${fix} was begun and is not finished.`,
  why: 'Some of its batches are taken back, and some are not.',
  fix: `Finish it first: tide fix undo ${run}`,
}))

/** Ctrl-C. */
export const interrupted = defineFailure('FIX_INTERRUPTED', () => ({
  message: 'The fix was stopped, and everything that it did was rolled back.',
  fix: 'Run the same command again.',
}))

/** What Tide keeps of fixes, or the reading of rows, and the server refuses. */
export const serverRefused = defineFailure('FIX_SERVER', (doing: string, reason: string) => ({
  message: `PostgreSQL refused something while ${doing}. Nothing was changed.`,
  why: reason,
  fix: 'The role needs SELECT on every table that the fix touches, and CREATE on the database the first time, for the schema tide.',
}))

/** The connection was lost at the one moment at which nobody can tell. */
export const commitUnknown = defineFailure('FIX_COMMIT_UNKNOWN', (label: string) => ({
  message: `${label} was being committed when the connection was lost.`,
  why: 'The server has either all of it or nothing.',
  fix: '`tide fix list` shows whether the run is there; where it is not, run the same command again.',
}))

/** No such run. */
export const runUnknown = defineFailure('FIX_RUN_UNKNOWN', (given: string, nearest: string | undefined) => ({
  message: `No applied run of a fix is known as ${JSON.stringify(given)} in this database.`,
  fix:
    (nearest === undefined ? '' : `Did you mean ${nearest}? `) +
    '`tide fix list` shows the runs; undo takes the number of one, or the name of a fix.',
}))

/** It was taken back already. */
export const alreadyUndone = defineFailure('FIX_ALREADY_UNDONE', (run: string, by: string) => ({
  message: `Run ${run} is undone already, by run ${by}.`,
  fix: `To apply it again: tide fix undo ${by}`,
}))

/** The restored rows would lie over changes of somebody else. Keys only, never values. */
export const rowsChanged = defineFailure('FIX_ROWS_CHANGED', (rows: readonly string[]) => ({
  message: `${rows.length === 1 ? 'A row has' : `${rows.length} rows have`} changed since the fix. Nothing was restored.`,
  why: [...rows.slice(0, 20), ...(rows.length > 20 ? [`… and ${rows.length - 20} more`] : [])].join('\n'),
  fix: 'Look at them. `--overwrite` gives them what they were before the fix, and loses what came since.',
  meta: { rows },
}))

/** Somebody has deleted what an undo needs. */
export const imagesMissing = defineFailure('FIX_IMAGES_MISSING', (run: string, there: number, kept: number) => ({
  message: `The rows that run ${run} has kept are not there any more: ${there} of ${kept}.`,
  why: 'They were deleted from tide.fix_images.',
  fix: 'Bring them back from a backup of the schema tide; without them the run cannot be undone.',
}))

/** The images do not fit the table any more. */
export const tableChanged = defineFailure('FIX_TABLE_CHANGED', (table: string, reason: string) => ({
  message: `The rows of ${table} cannot be restored: the table is not what it was.`,
  why: reason,
  fix: 'Roll back the migration that changed it, undo the fix, and apply the migration again: tide down, tide fix undo, tide up.',
}))

/** Something else changed rows while the undo did. */
export const undoInexact = defineFailure('FIX_UNDO_INEXACT', (rows: readonly string[]) => ({
  message: 'The undo would not restore exactly what was there: everything was rolled back.',
  why: [
    'A trigger, a rule or a foreign key changed these rows besides, or in another way:',
    ...rows.slice(0, 20),
    ...(rows.length > 20 ? [`… and ${rows.length - 20} more`] : []),
  ].join('\n'),
  fix:
    'Connect as a role that may set session_replication_role, or as the owner of the tables, so that triggers stay silent; ' +
    'or review `tide fix undo --sql`.',
  meta: { rows },
}))

/** Restored rows that point to rows that are gone, or are pointed to and would go. */
export const undoOrphans = defineFailure('FIX_UNDO_ORPHANS', (constraints: readonly string[]) => ({
  message: 'Rows that came or went since the fix stand in the way of its undo: everything was rolled back.',
  why: constraints.join('\n'),
  fix: 'Change those rows first: they point to a row that the undo takes away, or the undo brings back one that points to them.',
  meta: { constraints },
}))

/** A row that came since has what a restored one needs, or a trigger objects. */
export const undoRefused = defineFailure('FIX_UNDO_REFUSED', (reason: string) => ({
  message: 'The rows cannot be restored beside those that are there now: everything was rolled back.',
  why: reason,
  fix: 'Change the rows that stand in the way first; `tide fix undo RUN --sql` shows what is to be restored.',
}))

/** `Merge the customers!` as `merge_the_customers`. */
export function slugOf(name: string): string {
  return name.normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '')
}
