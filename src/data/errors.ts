import { defineFailure, type FailurePlace } from '../errors/failure.ts'

/** A data step's file does not say what a data step is. */
export const stepInvalid = defineFailure('DATA_STEP_INVALID', (file: string, problems: readonly string[]) => ({
  message: `${file} is no data step: ${problems.join('; ')}.`,
  fix: 'Write it with defineData; docs/data-steps.md has an example of each of the three forms.',
  where: { file },
  meta: { problems },
}))

/** The table of a data step is not in the database. */
export const tableMissing = defineFailure('DATA_TABLE_MISSING', (owner: string, table: string) => ({
  message: `${owner} goes through the table ${table}, which the database does not have.`,
  why: 'It was dropped or renamed since, or the name is not the one that the database has for it.',
  fix:
    'Correct `table` (a table that @@map renames has that name). Where a later migration took the table away before a ' +
    'data step was run: `tide data skip MIGRATION`.',
  meta: { table },
}))

/** The model of a data step is not in the schema beside it. */
export const modelMissing = defineFailure(
  'DATA_MODEL_MISSING',
  (migration: string, model: string, nearest: string | undefined) => ({
    message: `The data step of ${migration} goes through the model ${model}, which the schema beside it does not have.`,
    fix: nearest === undefined ? 'Correct `model`.' : `Did you mean ${nearest}?`,
    meta: { migration, model },
  }),
)

/** A table without a key that batches can follow. */
export const keyMissing = defineFailure(
  'DATA_KEY_MISSING',
  (owner: string, table: string, known: readonly string[]) => ({
    message: `${owner} cannot be cut into batches: ${table} has no primary key.`,
    fix:
      known.length === 0
        ? 'Give it a unique index without NULLs, or write it as one transaction (without `table`).'
        : `Name the columns of a unique index: key: [${(known[0] ?? '').split(', ').map((name) => `'${name}'`).join(', ')}].`,
    meta: { table, known },
  }),
)

/** The key that was named is none of the table's. */
export const keyUnusable = defineFailure(
  'DATA_KEY_UNUSABLE',
  (owner: string, table: string, key: readonly string[], known: readonly string[]) => ({
    message: `${owner} cannot follow (${key.join(', ')}): ${table} has no unique index over it that batches could follow.`,
    why: 'It must be a valid b-tree index over whole columns that are NOT NULL, without WHERE.',
    fix: known.length === 0 ? 'Create one, or leave `key` out.' : `There are: ${known.map((one) => `(${one})`).join(', ')}.`,
    meta: { table, known },
  }),
)

/** A key of times that a Date of JavaScript cannot hold. */
export const keyTooFine = defineFailure(
  'DATA_KEY_TOO_FINE',
  (migration: string, table: string, columns: readonly string[]) => ({
    message: `The data step of ${migration} cannot follow ${columns.join(', ')} of ${table} with a function over typed rows.`,
    why: 'These are times with microseconds, and a Date has milliseconds: the function could not find its rows again.',
    fix: 'Follow another unique index with `key`, or write the step by SQL (with `table`).',
    meta: { migration, table, columns },
  }),
)

/** A statement of a data step, or its check, is not one that can run. */
export const statementInvalid = defineFailure(
  'DATA_STATEMENT_INVALID',
  (migration: string, part: string, reason: string, where?: FailurePlace) => ({
    message: `${part} of the data step of ${migration} cannot be run, so nothing was begun.`,
    why: reason,
    fix:
      'Correct the statement in data.ts. Where a later migration took away what it needs before the step was run, ' +
      `\`tide data skip ${migration}\` says that this database needs nothing more of it.`,
    ...(where === undefined ? {} : { where }),
    meta: { migration },
  }),
)

/** A check whose rows cannot be told apart. */
export const checkWithoutKey = defineFailure(
  'DATA_CHECK_KEY',
  (migration: string, missing: readonly string[], table: string) => ({
    message: `The check of the data step of ${migration} does not give ${missing.join(', ')}.`,
    why: `It must give the key of each row of ${table} that is still to do: rows that come in meanwhile are done by it.`,
    fix: `Write it as SELECT ${missing.map((name) => `"${name}"`).join(', ')} FROM … WHERE … (rows still to do).`,
    meta: { migration, missing },
  }),
)

/** A step that would change the key that its batches follow. */
export const keyChanged = defineFailure('DATA_KEY_CHANGED', (migration: string, columns: readonly string[]) => ({
  message: `The data step of ${migration} changes ${columns.join(', ')}, which its batches follow.`,
  why: 'A row whose key changes could be met twice, or not at all. The batch was not kept.',
  fix: 'Follow another unique index with `key`, or write the step as one transaction (without `table` or `model`).',
  meta: { migration, columns },
}))

/** A step that puts rows into the table that it goes through. */
export const rowsInserted = defineFailure('DATA_ROWS_INSERTED', (migration: string, table: string) => ({
  message: `The data step of ${migration} inserts rows into ${table}, through whose rows it goes.`,
  why: 'Batches would come to the new rows as well, and each of them would insert others. The batch was not kept.',
  fix: 'Go through another table or model, or write the step as one transaction (without `table` or `model`).',
  meta: { migration, table },
}))

/** A step that ended the transaction in which its batch is done. */
export const transactionEnded = defineFailure('DATA_TRANSACTION_ENDED', (migration: string) => ({
  message: `The data step of ${migration} ended the transaction of its batch.`,
  why: 'COMMIT and ROLLBACK are Tide\'s: with them the cursor is written, and what is done is done once.',
  fix: 'Take BEGIN, COMMIT and ROLLBACK out of it. A part may be tried and taken back with SAVEPOINT.',
  meta: { migration },
}))

/** What a data step was told to do failed on its first rows, or on too many. */
export const stepFailed = defineFailure(
  'DATA_STEP_FAILED',
  (migration: string, why: string, kept: string, where?: FailurePlace) => ({
    message: `The data step of ${migration} failed.`,
    why: `${why}\n${kept}`,
    fix: 'Correct data.ts, or the rows, and run the command again: it goes on where it stopped.',
    ...(where === undefined ? {} : { where }),
    meta: { migration },
  }),
)

/** Rows that a data step could not change were set aside; all others are done. */
export const rowsQuarantined = defineFailure(
  'DATA_ROWS_QUARANTINED',
  (migration: string, rows: readonly { readonly key: string; readonly reason: string }[], count: number) => ({
    message: `The data step of ${migration} could not change ${count === 1 ? 'one row' : `${String(count)} rows`}; all others are done.`,
    why: rows.map(({ key, reason }) => `${key}: ${reason}`).join('\n'),
    fix: 'Correct data.ts, or these rows, and run the command again: only they are left. `tide data status` lists them.',
    meta: { migration, rows, count },
  }),
)

/** The check still finds rows when everything was gone through. */
export const checkFailed = defineFailure('DATA_CHECK_FAILED', (migration: string, left: number, passes: number) => ({
  message: `The check of the data step of ${migration} still finds ${left === 1 ? 'one row' : `${String(left)} rows`}.`,
  why:
    passes < 2
      ? 'Everything was gone through, so either the check asks for too much, or the step does too little.'
      : `They are no fewer after ${String(passes)} passes: the step leaves them as they are, or others make them as fast.`,
  fix: 'Correct `up` or `check` in data.ts and run the command again: only the rows that the check finds are left to do.',
  meta: { migration, left, passes },
}))

/** A step that somebody has given up. */
export const stepCancelled = defineFailure('DATA_CANCELLED', (migration: string) => ({
  message: `The data step of ${migration} was cancelled.`,
  why: 'What it has done so far is kept, and no migration after it is applied.',
  fix: `Go on with \`tide data resume ${migration}\`, or take back what was done with \`tide down\`.`,
  meta: { migration },
}))

/** The run was asked to stop. */
export const dataInterrupted = defineFailure('DATA_INTERRUPTED', (migration: string, done: number, total: number) => ({
  message: `The data step of ${migration} was stopped at ${String(done)} of about ${String(total)} rows.`,
  why: 'It stops between two batches, so nothing is half done.',
  fix: 'Run the same command again: it goes on from here. `tide data status` tells how far it is.',
  meta: { migration, done, total },
}))

/** Locks, deadlocks or the connection stood in the way all the time. */
export const retriesExhausted = defineFailure(
  'DATA_RETRIES_EXHAUSTED',
  (migration: string, seconds: number, reason: string) => ({
    message: `A batch of the data step of ${migration} could not be done within ${String(seconds)} s.`,
    why: reason,
    fix: 'Run the command again when what stood in the way is over: it goes on where it stopped.',
    meta: { migration },
  }),
)

/** A step in whose way nothing leads back. */
export const noWayBack = defineFailure(
  'DATA_NO_WAY_BACK',
  (steps: readonly { readonly migration: string; readonly reason: string }[]) => ({
    message: `The data step of ${steps.map(({ migration }) => migration).join(', ')} cannot be undone, so nothing was rolled back.`,
    why: steps.map(({ migration, reason }) => `${migration}: ${reason}`).join('\n'),
    fix: 'Give it a `down`, or accept the loss with --accept-loss: its rows stay as they are.',
    meta: { steps },
  }),
)

/** A step deletes rows, and what it records are values of rows that stay. */
export const undoDeletes = defineFailure('DATA_UNDO_DELETES', (migration: string, table: string) => ({
  message: `The data step of ${migration} deletes rows of ${table}, which its \`down: { restore }\` cannot bring back.`,
  why: 'What it records are the values of columns, for rows that stay. The batch was taken back.',
  fix: 'Write a `down` that inserts them again, or `down: { reason }` where nothing can; then run the same command again.',
  meta: { migration, table },
}))

/** A recorded undo names a column that cannot be kept. */
export const undoColumnMissing = defineFailure('DATA_UNDO_COLUMN', (migration: string, table: string, column: string) => ({
  message: `The data step of ${migration} cannot restore ${column} of ${table}.`,
  why: 'The table has no such column, or it is generated, or batches follow it.',
  fix: 'Correct `restore` in data.ts: it names the columns that `up` changes (with `model`, the fields).',
  meta: { migration, column },
}))

/** A step is to be run while its way back was begun and not finished. */
export const undoUnfinished = defineFailure('DATA_UNDO_UNFINISHED', (migration: string) => ({
  message: `The data step of ${migration} is half-way back, so it cannot be run forth.`,
  why: 'Some of its rows were taken back and others were not: going through all of them would change those twice.',
  fix: 'Finish the way back with `tide down` or `tide data work`; then run the same command again.',
  meta: { migration },
}))

/** A way back that cannot be written as SQL. */
export const undoWithoutSql = defineFailure('DATA_UNDO_SQL', (migration: string, why: string) => ({
  message: `What takes back the data step of ${migration} cannot be written as SQL.`,
  why,
  fix: 'Give it `down: { restore: [columns] }` before it runs: then what the rows held is recorded.',
  meta: { migration },
}))

/** No client can be made for a step that uses one. */
export const clientUnavailable = defineFailure('DATA_CLIENT_UNAVAILABLE', (migration: string, reason: string) => ({
  message: `The Prisma Client of the data step of ${migration} cannot be had.`,
  why: reason,
  fix: 'Put the schema of that migration beside data.ts (schema.prisma), and install @prisma/client of version 7.',
  meta: { migration },
}))

/** A data step was named that there is not, or none was and several are in question. */
export const stepUnknown = defineFailure('DATA_STEP_UNKNOWN', (wanted: string | undefined, known: readonly string[]) => ({
  message: wanted === undefined ? 'Which data step?' : `No data step that has begun is called ${JSON.stringify(wanted)}.`,
  why: known.length === 0 ? 'None has begun in this database.' : `Begun have: ${known.join(', ')}.`,
  fix: 'Name its migration, or the beginning of the name as far as it is unique. `tide data status` lists them.',
  meta: { known },
}))

/** What a step is when an order was carried out. */
const outcomes: Readonly<Record<string, string>> = { pause: 'paused', resume: 'resumed', cancel: 'cancelled', skip: 'skipped' }

/** A migration was named that has no data step. */
export const stepMissing = defineFailure('DATA_STEP_MISSING', (migration: string, known: readonly string[]) => ({
  message: `${migration} has no data step.`,
  why: known.length === 0 ? 'No migration of the history has one.' : `These have one: ${known.join(', ')}.`,
  fix: 'Name one of these. `tide new NAME --data` writes a migration with a data step.',
  meta: { migration, known },
}))

/** An order that does not fit how the step stands. */
export const stepNotSo = defineFailure('DATA_STEP_STATE', (migration: string, order: string, state: string) => ({
  message: `The data step of ${migration} is ${state}${outcomes[order] === state ? ' already' : `: it cannot be ${outcomes[order] ?? order}`}.`,
  fix:
    order === 'skip' && ['running', 'paused'].includes(state)
      ? `End it first, if nobody is to go on with it: tide data cancel ${migration}`
      : '`tide data status` tells how each step stands.',
  meta: { migration, state },
}))
