import {
  downIncomplete,
  downMissing,
  failedBefore,
  migrationEdited,
  migrationMissing,
  stepsInvalid,
  upUnfinished,
} from './errors.ts'
import { findMigration } from './find-migration.ts'
import type { JournalRow } from './journal.ts'
import { compareHistory, type MigrationState } from '../history/compare-history.ts'
import type { LedgerRow } from '../history/ledger.ts'
import type { Migration } from '../history/read-history.ts'

/** How far back to go: a number of migrations, or the one that stays (`'0'`: none). One step where nothing is said. */
export interface DownTarget {
  readonly steps?: number
  readonly to?: string
}

/** A migration to roll back, with its down.sql, and what an earlier run has left of it. */
export interface PlannedDown {
  readonly migration: Migration
  readonly down: string
  readonly unfinished: JournalRow | undefined
}

/**
 * The migrations to roll back, the one applied last first. Refuses the whole if one of them cannot be rolled back.
 * @throws APPLY_STEPS_INVALID, APPLY_NAME_UNKNOWN, APPLY_NAME_AMBIGUOUS, APPLY_UP_UNFINISHED, APPLY_FAILED_BEFORE,
 * APPLY_MIGRATION_MISSING, APPLY_MIGRATION_EDITED, APPLY_DOWN_MISSING, APPLY_DOWN_INCOMPLETE
 */
export function planDown(
  history: readonly Migration[],
  ledger: readonly LedgerRow[],
  journal: readonly JournalRow[],
  target: DownTarget & { readonly acceptLoss: boolean },
): readonly PlannedDown[] {
  const states = new Map(compareHistory(history, ledger).map((state) => [state.name, state]))
  for (const { name, state } of states.values()) {
    if (state !== 'failed') continue
    const isOurs = journal.some((entry) => entry.migration === name && entry.direction === 'up')
    throw isOurs ? upUnfinished(name) : failedBefore(name)
  }
  const names = chosenNames(appliedNames(ledger), target)
  const chosen = names.map((name) => states.get(name)).filter((state) => state !== undefined)
  refuse(chosen, target.acceptLoss)

  const byName = new Map(history.map((migration) => [migration.name, migration]))
  return names.flatMap((name) => {
    const migration = byName.get(name)
    if (migration?.down === undefined) return []
    const unfinished = journal.find((entry) => entry.migration === name && entry.direction === 'down')
    return [{ migration, down: migration.down, unfinished }]
  })
}

/** In the order in which they were applied, which need not be that of their names. */
function appliedNames(ledger: readonly LedgerRow[]): readonly string[] {
  const live = ledger.filter((row) => row.rolledBackAt === undefined && row.finishedAt !== undefined)
  return [...new Set(live.map((row) => row.name))]
}

function chosenNames(applied: readonly string[], { steps, to }: DownTarget): readonly string[] {
  if (steps !== undefined && to !== undefined) throw stepsInvalid('Both a number of steps and a target were given.')
  const latestFirst = applied.toReversed()
  if (to === '0') return latestFirst
  if (to !== undefined) return latestFirst.slice(0, latestFirst.indexOf(findMigration(to, applied, 'applied')))
  const count = steps ?? 1
  if (!Number.isInteger(count) || count < 1) throw stepsInvalid(`The number of steps is ${String(count)}.`)
  if (steps !== undefined && steps > applied.length) {
    throw stepsInvalid(`${String(steps)} steps were asked for, and ${String(applied.length)} migrations are applied.`)
  }
  return latestFirst.slice(0, count)
}

function refuse(chosen: readonly MigrationState[], acceptLoss: boolean): void {
  const named = (test: (state: MigrationState) => boolean): readonly string[] =>
    chosen.filter(test).map(({ name }) => name)

  const missing = named(({ state }) => state === 'missing')
  if (missing.length > 0) throw migrationMissing(missing)
  const edited = named(({ state }) => state === 'edited')
  if (edited.length > 0) throw migrationEdited(edited)
  const withoutDown = named(({ hasDown }) => !hasDown)
  if (withoutDown.length > 0) throw downMissing(withoutDown)
  const incomplete = chosen.filter((state) => state.incomplete !== undefined)
  if (incomplete.length > 0 && !acceptLoss) {
    throw downIncomplete(incomplete.map(({ name, incomplete: reasons = [] }) => ({ name, reasons })))
  }
}
