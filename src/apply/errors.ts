import { type Blocker, describeSession, type SessionInfo } from '../postgres/sessions.ts'
import { defineFailure, type FailurePlace } from '../errors/failure.ts'

/** Another run holds Prisma's advisory lock. */
export const migrationLockHeld = defineFailure(
  'APPLY_LOCK_HELD',
  (holders: readonly SessionInfo[], seconds: number) => ({
    message: `Another run works on this database: its migration lock could not be had within ${String(seconds)} s.`,
    why:
      holders.length === 0
        ? 'Who holds it is not visible to this user.'
        : `It is held by ${holders.map(describeSession).join(' and by ')}.`,
    fix:
      'Wait until that run has ended (--wait gives the seconds). If its process is gone, the server is still at the statement that it left: ' +
      `end it with SELECT pg_terminate_backend(${holders.map(({ pid }) => String(pid)).join(', ') || 'PID'}).`,
    meta: { holders },
  }),
)

/** A pooler that gives every transaction another backend: a lock of a session means nothing there. */
export const poolerRefused = defineFailure('APPLY_POOLER', (url: string) => ({
  message: `${url} is a connection pooler in transaction mode.`,
  why: 'Migrations run under a lock of their session, and such a pooler gives every transaction another session.',
  fix: 'Use the URL of the server itself (often port 5432, or the variable DIRECT_URL) for migrations.',
}))

interface LockTrial {
  readonly attempts: number
  readonly seconds: number
  readonly blockers: readonly Blocker[]
}

/** A lock that a statement needs was held by others all the time. */
export const lockTimeout = defineFailure(
  'APPLY_LOCK_TIMEOUT',
  (where: FailurePlace, { attempts, seconds, blockers }: LockTrial) => ({
    message: `A lock could not be had in ${String(seconds)} s and ${times(attempts)}.`,
    why:
      blockers.length === 0
        ? 'Who held it could not be seen.'
        : blockers.map((one) => `${describeSession(one)} held ${lockOf(one)}`).join('\n'),
    fix:
      'Run the command again when that session has ended, or end it: ' +
      `SELECT pg_terminate_backend(${blockers.map(({ pid }) => String(pid)).join(', ') || 'PID'}).`,
    where,
    meta: { attempts, blockers },
  }),
)

function lockOf({ relation, wanted }: Blocker): string {
  const on = relation === null ? 'what it waited for' : `a lock on ${relation}`
  return wanted === null ? on : `${on} (wanted: ${wanted})`
}

function times(attempts: number): string {
  return attempts === 1 ? 'one attempt' : `${String(attempts)} attempts`
}

/** The run was asked to stop. */
export const interrupted = defineFailure('APPLY_INTERRUPTED', () => ({
  message: 'The run was stopped.',
  why: 'It stops between two commit groups, so nothing is half done.',
  fix: 'Run the same command again: it goes on from here.',
}))

/** Applied migrations whose file is another now. */
export const migrationEdited = defineFailure('APPLY_MIGRATION_EDITED', (names: readonly string[]) => ({
  message: `${list(names)} ${was(names)} changed after being applied.`,
  why: 'The checksum in the ledger is not that of migration.sql: another database would get something else.',
  fix: `Restore the file (git checkout -- '*/${names[0] ?? ''}/migration.sql') and write the change as a new migration.`,
  meta: { migrations: names },
}))

/** The ledger knows migrations that the disk does not, among others that it does. */
export const migrationMissing = defineFailure('APPLY_MIGRATION_MISSING', (names: readonly string[]) => ({
  message: `${list(names)} ${was(names)} applied, but ${names.length === 1 ? 'is' : 'are'} not on disk.`,
  why: 'The history was changed, or this is another branch than the one that was applied.',
  fix: `Bring ${names.length === 1 ? 'the folder' : 'the folders'} back from version control, or switch to the branch that has ${names.length === 1 ? 'it' : 'them'}.`,
  meta: { migrations: names },
}))

/** Newer code has migrated the database. */
export const databaseAhead = defineFailure('APPLY_DATABASE_AHEAD', (names: readonly string[]) => ({
  message: `The database is ahead of the history: ${list(names)} ${was(names)} applied by newer code.`,
  why: 'Every migration that the disk lacks comes after the last one that it has.',
  fix: 'Update this checkout. To go back instead, run `tide down` from the newer one.',
  meta: { migrations: names },
}))

/** A row of the ledger that was started, never finished, and has no journal. */
export const failedBefore = defineFailure('APPLY_FAILED_BEFORE', (name: string) => ({
  message: `${name} was started by another tool (prisma migrate deploy?) and has not finished.`,
  why: 'How much of it is in the database is not recorded; the column "logs" of its row in _prisma_migrations says what failed.',
  fix:
    `Compare the database with the file and undo or complete it by hand. Then say which: ` +
    `npx prisma migrate resolve --rolled-back ${JSON.stringify(name)}, or --applied ${JSON.stringify(name)}.`,
  meta: { migrations: [name] },
}))

/** The statements that an unfinished migration has committed are others now. */
export const resumedChanged = defineFailure('APPLY_RESUME_CHANGED', (file: string, count: number) => ({
  message: `${file} was changed where it is already committed.`,
  why: `An earlier run committed its first ${count === 1 ? 'statement' : `${String(count)} statements`} and failed after that.`,
  fix: 'Restore these statements as they were; what comes after them may be changed. Then run the command again.',
  where: { file },
}))

/** `down` was asked for while a migration is half applied. */
export const upUnfinished = defineFailure('APPLY_UP_UNFINISHED', (name: string) => ({
  message: `${name} is applied in part.`,
  why: 'An earlier run committed some of its commit groups and then failed or was ended.',
  fix: 'Finish it with `tide up`, after correcting its migration.sql where it failed; then it can be rolled back.',
  meta: { migrations: [name] },
}))

/** `up` was asked for while a migration is half rolled back. */
export const downUnfinished = defineFailure('APPLY_DOWN_UNFINISHED', (name: string) => ({
  message: `${name} is rolled back in part.`,
  why: 'An earlier `tide down` committed some of its commit groups and then failed or was ended.',
  fix: 'Finish it with `tide down`, after correcting its down.sql where it failed; then run `tide up`.',
  meta: { migrations: [name] },
}))

/** A migration to roll back has no down.sql. */
export const downMissing = defineFailure('APPLY_DOWN_MISSING', (names: readonly string[]) => ({
  message: `${list(names)} ${names.length === 1 ? 'has' : 'have'} no down.sql, so nothing was rolled back.`,
  why: 'A rollback runs the down.sql beside migration.sql.',
  fix: 'Write the file, or let `tide init` compute it. An empty down.sql says that there is nothing to undo.',
  meta: { migrations: names },
}))

/** Rollbacks that say of themselves that they are not complete. */
export const downIncomplete = defineFailure(
  'APPLY_DOWN_INCOMPLETE',
  (rollbacks: readonly { readonly name: string; readonly reasons: readonly string[] }[]) => ({
    message: `The rollback of ${list(rollbacks.map(({ name }) => name))} is incomplete, so nothing was rolled back.`,
    why: rollbacks.map(({ name, reasons }) => `${name}: ${reasons.join('; ')}`).join('\n'),
    fix: 'Complete down.sql and take its "-- tide: incomplete" line out, or accept the loss with --accept-loss.',
    meta: { rollbacks },
  }),
)

/** Rollbacks whose archive was purged, or was never made since the table was too large. */
export const archiveMissing = defineFailure(
  'APPLY_ARCHIVE_MISSING',
  (rollbacks: readonly { readonly name: string; readonly archives: readonly string[] }[]) => ({
    message: `What ${list(rollbacks.map(({ name }) => name))} archived is not there, so nothing was rolled back.`,
    why: [
      ...rollbacks.map(({ name, archives }) => `${name}: ${archives.join(', ')}`),
      'It was purged, or the table was larger than the limit when the migration ran (`tide archive list`).',
    ].join('\n'),
    fix: 'To roll back without those rows and values, accept the loss with --accept-loss.',
    meta: { rollbacks },
  }),
)

/** A migration was named that does not exist, or that is not in question. */
export const nameUnknown = defineFailure(
  'APPLY_NAME_UNKNOWN',
  (wanted: string, group: string, nearest: readonly string[]) => ({
    message: `No ${[group, 'migration'].join(' ').trim()} is called ${JSON.stringify(wanted)}.`,
    ...(nearest.length === 0 ? {} : { why: `Near it: ${nearest.join(', ')}.` }),
    fix: 'Give the name of a migration folder, or its beginning as far as it is unique. `tide status` lists them.',
    meta: { nearest },
  }),
)

/** The beginning of a name that several migrations share. */
export const nameAmbiguous = defineFailure('APPLY_NAME_AMBIGUOUS', (wanted: string, names: readonly string[]) => ({
  message: `${JSON.stringify(wanted)} is the beginning of ${String(names.length)} migrations.`,
  why: names.slice(0, 10).join('\n'),
  fix: 'Write more of the name.',
  meta: { migrations: names },
}))

/** `--steps` that is no positive whole number, or stands beside `--to`. */
export const stepsInvalid = defineFailure('APPLY_STEPS_INVALID', (reason: string) => ({
  message: reason,
  fix: 'Give either a number of migrations, 1 or more, or the name of the migration that stays.',
}))

function list(names: readonly string[]): string {
  if (names.length <= 3) return names.join(', ')
  return `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more`
}

function was(names: readonly string[]): string {
  return names.length === 1 ? 'was' : 'were'
}

/** A migration with a hole in it that a person has to fill first. */
export const migrationDraft = defineFailure('APPLY_DRAFT', (names: readonly string[]) => ({
  message: `${names.join(', ')} ${names.length === 1 ? 'is a draft' : 'are drafts'}: the statements that move the rows are not written yet.`,
  fix: 'Write them in migration.sql where it says so, then delete the statement that stops it and the line `-- tide: draft`.',
}))
