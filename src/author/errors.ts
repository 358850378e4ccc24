import { defineFailure, type Failure } from '../errors/failure.ts'

/** An answer flag without the separator between its name and its answer. */
export const answerUnreadable = defineFailure(
  'AUTHOR_ANSWER_UNREADABLE',
  (kind: string, value: string, separator: string) => ({
    message: `--${kind} ${JSON.stringify(value)} cannot be read.`,
    why: `A name and an answer with "${separator}" between them are expected.`,
    fix: separator === ':' ? `Write --${kind} Model.old:new` : `Write --${kind} 'Model.field=ANSWER'`,
  }),
)

/** A file of answers that is not what `--answers` expects. */
export const answersFileInvalid = defineFailure('AUTHOR_ANSWERS_INVALID', (file: string, reason: string) => ({
  message: `The answers in ${file} cannot be used.`,
  why: reason,
  fix: 'Write {"rename": {"Model.old": "new"}, "delete": ["Model.field"], "fill": {"Model.field": "…"}, "cast": {…}, "map": {"Enum.OLD": "NEW"}}.',
  where: { file },
}))

/** A rename answer whose new name is none that the schema adds. */
export const renameTargetUnknown = defineFailure(
  'AUTHOR_RENAME_TARGET_UNKNOWN',
  (key: string, target: string, known: readonly string[]) => ({
    message: `${key} cannot be renamed to ${target}: the schema adds nothing of that name there.`,
    ...(known.length === 0 ? {} : { why: `It adds: ${known.join(', ')}.` }),
    fix: `Write --rename ${key}:${known[0] ?? 'NEW'}, with a name that the schema adds.`,
  }),
)

/** Two things that are to become one. */
export const renameTwice = defineFailure('AUTHOR_RENAME_TWICE', (first: string, second: string, target: string) => ({
  message: `${first} and ${second} cannot both be renamed to ${target}.`,
  fix: `Keep one of the two --rename answers; for the other write --delete, or another new name.`,
}))

/** A mapped enum value whose new value the enum does not have. */
export const mapTargetUnknown = defineFailure(
  'AUTHOR_MAP_TARGET_UNKNOWN',
  (key: string, target: string, known: readonly string[]) => ({
    message: `${key} cannot become ${target}: the enum has no such value.`,
    why: `It has: ${known.join(', ')}.`,
    fix: `Write --map ${key}=${known[0] ?? 'VALUE'}, with a value that the enum has.`,
  }),
)

/** An answer that is no SQL expression. */
export const expressionInvalid = defineFailure('AUTHOR_EXPRESSION_INVALID', (flag: string, reason: string) => ({
  message: `The answer of ${flag} is not an SQL expression.`,
  why: reason,
  fix: 'Write one expression over the row as it is before the migration; column names go in double quotes, texts in single ones.',
}))

/** Answers to questions that this change does not ask. */
export const answersUnused = defineFailure(
  'AUTHOR_ANSWER_UNUSED',
  (answers: readonly string[], subjects: readonly string[]) => ({
    message: `Nothing in this change is answered by ${answers.join(', ')}.`,
    ...(subjects.length === 0 ? {} : { why: `This change concerns: ${subjects.join(', ')}.` }),
    fix: 'Correct the name or take the answer out. Names are Model.field, Model, or Enum.VALUE.',
  }),
)

/** PostgreSQL runs an answer's expression, and refuses it. */
export const expressionRefused = defineFailure(
  'AUTHOR_EXPRESSION_REFUSED',
  (flag: string, type: string, reason: string) => ({
    message: `The answer of ${flag} gives no value of the type ${type}.`,
    why: reason,
    fix: `Write an expression over the row as it is before the migration that gives ${type}; column names go in double quotes.`,
  }),
)

/** PostgreSQL refuses a statement of a migration that is not written yet: there is no file to correct. */
export const statementRefused = defineFailure('AUTHOR_STATEMENT_REFUSED', ({ details }: Failure) => ({
  message: `PostgreSQL refuses a statement of the planned migration: ${details.message.replace(/^.*? of [^:]*: /, '')}`,
  ...(details.why === undefined ? {} : { why: details.why }),
  fix: 'Correct the answer that it comes from, or what of the database stands in its way (an index, a constraint, a row); then run the command again. Nothing was written.',
  ...(details.where?.excerpt === undefined ? {} : { where: { excerpt: details.where.excerpt } }),
  ...(details.meta === undefined ? {} : { meta: details.meta }),
}))

/** A view, policy or the like uses a column that goes, so that it cannot stay as it is. */
export const dependentObject = defineFailure(
  'AUTHOR_DEPENDENT_OBJECT',
  (kind: string, name: string, column: string, change: string, reason?: string) => ({
    message: `The ${kind} ${name} uses ${column}, which this change ${change}.`,
    why: reason ?? 'Tide re-creates views, policies and triggers around a changed type, but cannot know what this one becomes.',
    fix: `Write a migration that changes or drops it: tide new ${slugOf(kind, name)} --sql. Then run tide dev again.`,
  }),
)

/** `change_public_active_users` */
function slugOf(kind: string, name: string): string {
  return `change ${kind} ${name}`.replaceAll(/[^\p{L}\p{N}]+/gu, '_').replaceAll(/^_+|_+$/g, '').toLowerCase()
}

/** The folder of a migration cannot be written. */
export const folderUnwritable = defineFailure('AUTHOR_FOLDER_UNWRITABLE', (folder: string, reason: string) => ({
  message: `The migration ${folder} cannot be written.`,
  why: reason,
  fix: 'Make the migrations folder writable and make room on the disk; then run the command again. Nothing was changed.',
}))

/** Rows that a new unique index does not allow. Keys only, never values. */
export const duplicatesFound = defineFailure('AUTHOR_DUPLICATES', (duplicates: DuplicateReport) => ({
  message: `${duplicates.table} has rows that the unique index ${duplicates.index} does not allow.`,
  why: [
    `${duplicates.groups === 1 ? 'One value' : `${String(duplicates.groups)} values`} of (${duplicates.columns.join(', ')}) ${duplicates.groups === 1 ? 'stands' : 'stand'} in more than one row.`,
    ...duplicates.examples.map((keys) => `  rows with the key ${keys.join(', ')}`),
    'All of them:',
    `  ${duplicates.sql}`,
  ].join('\n'),
  fix: 'Merge or change these rows, or leave the index out; then run the command again. Nothing was changed.',
  meta: { duplicates },
}))

/** What `AUTHOR_DUPLICATES` reports. */
export interface DuplicateReport {
  readonly index: string
  readonly table: string
  readonly columns: readonly string[]
  /** How many values stand in more than one row. */
  readonly groups: number
  /** Of some groups, the primary keys of some rows. */
  readonly examples: readonly (readonly string[])[]
  /** Finds all of them. */
  readonly sql: string
}

/** Another command writes migrations of the same project, and does not end. */
export const authorBusy = defineFailure('AUTHOR_BUSY', (file: string, holder: string, seconds: number) => ({
  message: `Another tide dev has been writing a migration of this project for ${String(seconds / 60)} minutes.`,
  why: `It is ${holder}, by the file ${file}.`,
  fix: `Wait for it or end it; if there is no such process, delete ${file}. Nothing was changed.`,
}))

/** A draft in the history: what comes after it cannot be planned until it is filled in. */
export const draftOpen = defineFailure('AUTHOR_DRAFT_OPEN', (name: string, file: string) => ({
  message: `${name} is a draft: the statements that move its rows are not written yet.`,
  fix: 'Write them where the file says so, delete the statement that stops it and the line `-- tide: draft`, then run tide dev again.',
  where: { file },
}))
