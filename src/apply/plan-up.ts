import { databaseAhead, downUnfinished, failedBefore, migrationDraft, migrationEdited, migrationMissing } from './errors.ts'
import { findMigration } from './find-migration.ts'
import type { JournalRow } from './journal.ts'
import { compareHistory, isAheadOfHistory, isPending } from '../history/compare-history.ts'
import type { LedgerRow } from '../history/ledger.ts'
import { compareMigrationNames, type Migration } from '../history/read-history.ts'

/** A migration to apply, and what an earlier run has left of it. */
export interface PlannedUp {
  readonly migration: Migration
  readonly unfinished: { readonly journal: JournalRow; readonly row: LedgerRow } | undefined
}

/** What `up` is to do. */
export interface UpPlan {
  readonly migrations: readonly PlannedUp[]
  /** Those that come before one that is applied already: allowed, as Prisma allows it, and told. */
  readonly outOfOrder: readonly string[]
}

/**
 * Compares history, ledger and journal, and refuses a database that must not be changed now.
 * @throws APPLY_MIGRATION_EDITED, APPLY_MIGRATION_MISSING, APPLY_DATABASE_AHEAD, APPLY_FAILED_BEFORE,
 * APPLY_DOWN_UNFINISHED, APPLY_DRAFT, APPLY_NAME_UNKNOWN, APPLY_NAME_AMBIGUOUS
 */
export function planUp(
  history: readonly Migration[],
  ledger: readonly LedgerRow[],
  journal: readonly JournalRow[],
  to?: string,
): UpPlan {
  const last = to === undefined ? undefined : findMigration(to, history.map(({ name }) => name))
  const states = compareHistory(history, ledger)
  const named = (wanted: string): readonly string[] =>
    states.filter(({ state }) => state === wanted).map(({ name }) => name)

  const missing = named('missing')
  if (missing.length > 0) throw isAheadOfHistory(states) ? databaseAhead(missing) : migrationMissing(missing)
  const edited = named('edited')
  if (edited.length > 0) throw migrationEdited(edited)
  const half = journal.find(({ direction, migration }) => direction === 'down' && named('applied').includes(migration))
  if (half !== undefined) throw downUnfinished(half.migration)

  const byName = new Map(states.map((state) => [state.name, state]))
  const migrations: PlannedUp[] = []
  for (const migration of history) {
    const state = byName.get(migration.name)
    const isFailed = state?.state === 'failed'
    if (isFailed) migrations.push({ migration, unfinished: unfinishedOf(migration.name, ledger, journal) })
    else if (state !== undefined && isPending(state) && isWithin(migration.name, last)) {
      migrations.push({ migration, unfinished: undefined })
    }
  }
  const drafts = migrations.filter(({ migration }) => isDraft(migration)).map(({ migration }) => migration.name)
  if (drafts.length > 0) throw migrationDraft(drafts)
  const lastApplied = named('applied').at(-1)
  return {
    migrations,
    outOfOrder: migrations
      .map(({ migration }) => migration.name)
      .filter((name) => lastApplied !== undefined && compareMigrationNames(name, lastApplied) < 0),
  }
}

/** Its author left a hole in it for a person to fill. */
function isDraft(migration: Migration): boolean {
  return migration.directives.some((directive) => directive.verb === 'draft')
}

function isWithin(name: string, last: string | undefined): boolean {
  return last === undefined || compareMigrationNames(name, last) <= 0
}

/** An unfinished migration is finished whatever `--to` says: nothing may be built beside half of it. */
function unfinishedOf(
  name: string,
  ledger: readonly LedgerRow[],
  journal: readonly JournalRow[],
): { readonly journal: JournalRow; readonly row: LedgerRow } {
  const row = ledger.find((one) => one.name === name && one.rolledBackAt === undefined && one.finishedAt === undefined)
  const entry = journal.find((one) => one.migration === name && one.direction === 'up' && one.ledgerId === row?.id)
  if (row === undefined || entry === undefined) throw failedBefore(name)
  return { journal: entry, row }
}
