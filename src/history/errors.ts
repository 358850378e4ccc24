import { defineFailure, type Failure, type FailurePlace } from '../errors/failure.ts'

/** A folder in the history holds no `migration.sql`. Prisma calls it P3015. */
export const migrationEmpty = defineFailure('HISTORY_MIGRATION_EMPTY', (directory: string) => ({
  message: `The migration folder ${directory} has no migration.sql.`,
  why: 'Every folder in the history is a migration, and its migration.sql is what runs.',
  fix: 'Restore the file from version control, or delete the folder if it is a left-over.',
  where: { file: directory },
}))

/** A file or folder of the history is there and cannot be read. */
export const historyUnreadable = defineFailure('HISTORY_UNREADABLE', (file: string, reason: string) => ({
  message: `${file} cannot be read.`,
  why: reason,
  fix: 'Check that it is what its name says and that you may read it.',
  where: { file },
}))

/** A file of the history is not UTF-8, which is all that PostgreSQL is sent. */
export const encodingInvalid = defineFailure('HISTORY_ENCODING_INVALID', (file: string, reason: string) => ({
  message: `${file} is not UTF-8.`,
  why: reason,
  fix: 'Save it as UTF-8. If it was applied before, its checksum changes: see `tide status`.',
  where: { file },
}))

/** A directive whose verb nobody knows: a slip would otherwise be ignored in silence. */
export const directiveUnknown = defineFailure(
  'HISTORY_DIRECTIVE_UNKNOWN',
  (file: string, line: number, verb: string, nearest: string | undefined, known: readonly string[]) => ({
    message: `${file}:${String(line)} has a directive that Tide does not know: "${verb}".`,
    why: `The directives are ${known.join(', ')}.`,
    fix:
      nearest === undefined
        ? 'Remove the line, or write it as a comment without "tide:".'
        : `Did you mean "-- tide: ${nearest}"?`,
    where: { file, line },
  }),
)

/** A directive that cannot be read, or that says something its verb does not take. */
export const directiveInvalid = defineFailure(
  'HISTORY_DIRECTIVE_INVALID',
  (file: string, line: number, reason: string, fix: string) => ({
    message: `${file}:${String(line)} has a directive that cannot be read.`,
    why: reason,
    fix,
    where: { file, line },
  }),
)

/** A migration of the history does not run after those before it. */
export const historyBroken = defineFailure(
  'HISTORY_BROKEN',
  (migration: string, failure: Failure, isMissingObject: boolean) => ({
    message: `The history cannot be replayed: the migration ${migration} does not run.`,
    why: [failure.message, failure.details.why].filter((line) => line !== undefined).join('\n'),
    fix: isMissingObject
      ? 'If your server has it from outside the history, as hosters provide schemas and roles, create it in ' +
        '`rehearsal.setup` in tide.config.ts. Otherwise correct the migration at the marked place.'
      : (failure.details.fix ?? 'Correct the migration at the marked place.'),
    ...(failure.details.where === undefined ? {} : { where: failure.details.where }),
    meta: { ...failure.details.meta, migration, cause: failure.code },
  }),
)

/** A migration creates an extension that the rehearsal server does not have. */
export const extensionMissing = defineFailure(
  'REHEARSAL_EXTENSION_MISSING',
  (extension: string, migration: string, where: FailurePlace | undefined) => ({
    message: `The rehearsal server lacks the extension "${extension}", which the migration ${migration} creates.`,
    why: "Tide's embedded PostgreSQL has the extensions of PostgreSQL itself, and no others.",
    fix:
      'Name a server that has it in tide.config.ts: ' +
      `rehearsal: { url: 'postgresql://USER:PASSWORD@HOST:PORT/DATABASE' }. Tide makes and drops databases of its own there.`,
    ...(where === undefined ? {} : { where }),
    meta: { extension, migration },
  }),
)
