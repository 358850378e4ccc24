import { defineFailure } from '../../errors/failure.ts'

/** The source refuses something. Its words are told only where they cannot hold a value of a row. */
export const sourceRefused = defineFailure('FIXTURE_SOURCE_REFUSED', (doing: string, reason: string) => ({
  message: `The source refused a statement while ${doing}.`,
  why: `${reason}. Nothing was changed there, and what was written here is removed.`,
  fix: 'Act on what the server says; a role that may read all tables (pg_read_all_data) is enough. Then run the same command again.',
}))

/** The session with the source ended on the way. */
export const sourceLost = defineFailure('FIXTURE_SOURCE_LOST', (doing: string) => ({
  message: `The connection to the source was lost while ${doing}.`,
  why: 'All tables are read in one snapshot, which ends with the session. What was written here is removed.',
  fix: 'Run the same command again; a subset (--percent, --rows, --filter) takes less time.',
}))

/** A standby took the rows away that were being read. */
export const standbyConflict = defineFailure('FIXTURE_STANDBY_CONFLICT', (doing: string) => ({
  message: `The standby ended the reading while ${doing}.`,
  why: 'What the primary cleans up in the meantime, a standby may not keep for its readers. What was written here is removed.',
  fix: 'Set hot_standby_feedback = on, or a longer max_standby_streaming_delay, on the standby; or read from the primary. Then run it again.',
}))

/** Policies hide rows of the source. */
export const sourceRowsHidden = defineFailure('FIXTURE_SOURCE_ROWS_HIDDEN', (tables: readonly string[]) => ({
  message: `Row-level security hides rows of ${tables.slice(0, 3).join(', ')}${tables.length > 3 ? ` and ${tables.length - 3} more` : ''} from the role that reads the source.`,
  why: 'Rows would be missing that others point to, and nothing would say so.',
  fix: 'Read the source as a role with BYPASSRLS.',
  meta: { tables },
}))

/** A table of the schema that the source does not have. */
export const sourceTablesMissing = defineFailure('FIXTURE_SOURCE_EMPTY', (database: string) => ({
  message: `The source ${database} has no tables.`,
  fix: 'Name the database whose rows are to be masked after --from.',
}))
