import { matchesChecksum } from './checksum.ts'
import type { LedgerRow } from './ledger.ts'
import { compareMigrationNames, type Migration } from './read-history.ts'

/** Where a migration stands in one database. */
export interface MigrationState {
  readonly name: string
  /**
   * - `applied`: in the ledger, finished, and the file is as it was then
   * - `pending`: on disk, not in the ledger
   * - `rolled-back`: on disk, was applied once and taken back since; `up` applies it again, so it counts as pending
   * - `failed`: its row was started and never finished: it failed, or it runs at this moment
   * - `edited`: applied, and the file is another now
   * - `missing`: in the ledger, not on disk
   */
  readonly state: 'applied' | 'pending' | 'failed' | 'edited' | 'missing' | 'rolled-back'
  readonly hasDown: boolean
  readonly hasData: boolean
  /** Why the rollback is incomplete by its own head, one entry a reason. */
  readonly incomplete?: readonly string[]
}

/**
 * Compares the migrations on disk with the rows of a ledger. What is missing on disk stands where its name belongs;
 * a migration that was rolled back and then deleted is gone for good.
 */
export function compareHistory(
  history: readonly Migration[],
  ledger: readonly LedgerRow[],
): readonly MigrationState[] {
  const rowsByName = new Map<string, LedgerRow[]>()
  for (const row of ledger) rowsByName.set(row.name, [...(rowsByName.get(row.name) ?? []), row])
  const onDisk = new Set(history.map((migration) => migration.name))
  const missing = [...rowsByName].filter(([name, rows]) => !onDisk.has(name) && rows.some(isLive))
  return [
    ...history.map((migration) => describe(migration, rowsByName.get(migration.name) ?? [])),
    ...missing.map(([name]): MigrationState => ({ name, state: 'missing', hasDown: false, hasData: false })),
  ].sort((one, other) => compareMigrationNames(one.name, other.name))
}

/** True where `up` would apply it. */
export function isPending(migration: Pick<MigrationState, 'state'>): boolean {
  return migration.state === 'pending' || migration.state === 'rolled-back'
}

/** True where the database knows migrations, all of them later than every one on disk: newer code was here. */
export function isAheadOfHistory(states: readonly MigrationState[]): boolean {
  const first = states.findIndex((migration) => migration.state === 'missing')
  return first !== -1 && states.slice(first).every((migration) => migration.state === 'missing')
}

function describe(migration: Migration, rows: readonly LedgerRow[]): MigrationState {
  const reasons = migration.downDirectives
    .filter((directive) => directive.verb === 'incomplete')
    .map((directive) => directive.values['reason'] ?? '')
  return {
    name: migration.name,
    state: stateOf(migration, rows),
    hasDown: migration.down !== undefined,
    hasData: migration.hasData,
    ...(reasons.length === 0 ? {} : { incomplete: reasons }),
  }
}

function stateOf(migration: Migration, rows: readonly LedgerRow[]): MigrationState['state'] {
  const live = rows.filter(isLive)
  if (live.length === 0) return rows.length === 0 ? 'pending' : 'rolled-back'
  if (live.some((row) => row.finishedAt === undefined)) return 'failed'
  return live.every((row) => matchesChecksum(migration, row.checksum)) ? 'applied' : 'edited'
}

function isLive(row: LedgerRow): boolean {
  return row.rolledBackAt === undefined
}
