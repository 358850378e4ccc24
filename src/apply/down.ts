import { join } from 'node:path'
import { archiveMissing } from './errors.ts'
import { openData } from './data-work.ts'
import { explainingServerErrors } from './explain-server-errors.ts'
import { readJournal } from './journal.ts'
import { machinePorts } from './ports.ts'
import { type DownTarget, type PlannedDown, planDown } from './plan-down.ts'
import { type PreparedScript, prepareScript } from './prepare-script.ts'
import { type MigrationRun, runMigration } from './run-migration.ts'
import { type ApplyOptions, openRunSession, resetSession, type RunSession } from './run-session.ts'
import { mayChangeSession } from './session-changes.ts'
import { stoppedMidway } from './stopped-midway.ts'
import type { AppliedStep } from './up.ts'
import { missingArchives } from '../history/archive/missing-archives.ts'
import { acceptLossSetting } from '../history/archive/registry.ts'
import { type DataState, hasChanged, readDataStates } from '../data/data-state.ts'
import type { DataSteps } from '../data/steps.ts'
import type { Connection } from '../postgres/connect.ts'
import { readLedger } from '../history/ledger.ts'
import { rolledBackSql } from '../history/ledger-sql.ts'
import type { Migration } from '../history/read-history.ts'

/** What to roll back, in which database, and how. */
export interface DownOptions extends ApplyOptions, DownTarget {
  readonly history: readonly Migration[]
  /** Also runs rollbacks that say of themselves that they are incomplete. */
  readonly acceptLoss?: boolean
}

/** The document of `tide down`. */
export interface DownResult {
  /** In the order in which they were rolled back: the one applied last first. */
  readonly rolledBack: readonly string[]
  readonly steps: readonly AppliedStep[]
  readonly ms: number
}

/**
 * Rolls migrations back with their down.sql, the one applied last first: one, `steps`, or all after `to`.
 * The ledger's row gets `rolled_back_at` in the transaction of the (last) commit group. Nothing is changed unless
 * every one of them can be rolled back. After a crash or a failure, the same call goes on.
 * @throws APPLY_*, STATEMENT_*, POSTGRES_*
 */
export async function down(options: DownOptions): Promise<DownResult> {
  return explainingServerErrors(() => rollBackChosen(options))
}

async function rollBackChosen(options: DownOptions): Promise<DownResult> {
  const { now } = options.ports ?? machinePorts
  const startedAt = now()
  await using session = await openRunSession(options, 'tide down')
  const { connection, schema } = session
  const plan = planDown(options.history, await readLedger(connection, schema), await readJournal(connection, schema), {
    ...(options.steps === undefined ? {} : { steps: options.steps }),
    ...(options.to === undefined ? {} : { to: options.to }),
    acceptLoss: options.acceptLoss ?? false,
  })
  const scripts: PreparedScript[] = []
  for (const { migration, down: sql, unfinished } of plan) {
    scripts.push(await prepareScript(sql, join(migration.directory, 'down.sql'), unfinished))
  }

  if (options.acceptLoss !== true) await refuseMissingArchives(connection, plan)
  const ledger = await readLedger(connection, schema)
  const states = await readDataStates(connection, schema, plan.map(({ migration }) => migration), ledger)
  const begun = states.filter(hasChanged)
  const names = new Set(begun.map(({ migration }) => migration))
  const withData = plan.map(({ migration }) => migration).filter(({ name }) => names.has(name))
  const data = await openData(session, options, withData, { down: { acceptLoss: options.acceptLoss ?? false } })

  const steps: AppliedStep[] = []
  for (const [index, planned] of plan.entries()) {
    const { name } = planned.migration
    session.report({ stage: 'rolling back migrations', done: index, total: plan.length, detail: name })
    try {
      const moved = begun.find((one) => one.migration === name)
      if (moved !== undefined) steps.push(...(await takeBack(data, moved)))
      steps.push(await rollBackOne(session, planned, scripts[index] ?? { done: [], groups: [] }, options.acceptLoss))
    } catch (error) {
      throw stoppedMidway(error, {
        verb: 'rolled back',
        done: rolledBackNames(steps),
        failed: name,
        notTried: plan.slice(index + 1).map(({ migration }) => migration.name),
      })
    }
  }
  if (plan.length > 0) session.report({ stage: 'rolling back migrations', done: plan.length, total: plan.length })
  return { rolledBack: rolledBackNames(steps), steps, ms: Math.round(now() - startedAt) }
}

function rolledBackNames(steps: readonly AppliedStep[]): readonly string[] {
  return steps.filter(({ step }) => step === 'schema').map(({ migration }) => migration)
}

/** Rows first, while the columns that `down.sql` takes away are still there. */
async function takeBack(
  data: DataSteps | undefined,
  { migration, ledgerId }: DataState,
): Promise<readonly AppliedStep[]> {
  const outcome = await data?.down(migration, ledgerId)
  if (outcome === undefined) return []
  return [{ migration, step: 'data', statements: outcome.batches, rows: outcome.rows, ms: outcome.ms, attempts: 1 }]
}

/** Before anything is changed: the script of each would stop by itself, but only when its turn comes. */
async function refuseMissingArchives(connection: Connection, plan: readonly PlannedDown[]): Promise<void> {
  const missing: { readonly name: string; readonly archives: readonly string[] }[] = []
  for (const { migration, down: sql } of plan) {
    const archives = await missingArchives(connection, sql)
    if (archives.length > 0) missing.push({ name: migration.name, archives })
  }
  if (missing.length > 0) throw archiveMissing(missing)
}

async function rollBackOne(
  session: RunSession,
  planned: PlannedDown,
  script: PreparedScript,
  acceptLoss = false,
): Promise<AppliedStep> {
  const startedAt = session.ports.now()
  const { name } = planned.migration
  const run: MigrationRun = {
    migration: name,
    direction: 'down',
    ledgerId: null,
    ...script,
    journal: planned.unfinished,
    once: [rolledBackSql(name, session.schema)],
    start: [],
    finish: [rolledBackSql(name, session.schema)],
    fail: () => [],
    forget: [],
  }
  await session.connection.query('SELECT set_config($1, $2, false)', [acceptLossSetting, acceptLoss ? 'on' : 'off'])
  const count = await runMigration(session, run)
  if (mayChangeSession(script)) await resetSession(session)
  return { migration: name, step: 'schema', ...count, ms: Math.round(session.ports.now() - startedAt) }
}
