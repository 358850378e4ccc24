import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type DataTask, openData, planData } from './data-work.ts'
import { explainingServerErrors } from './explain-server-errors.ts'
import { readJournal } from './journal.ts'
import { type PlannedUp, planUp } from './plan-up.ts'
import { type PreparedScript, prepareScript } from './prepare-script.ts'
import { mayChangeSession } from './session-changes.ts'
import { machinePorts } from './ports.ts'
import { type MigrationRun, runMigration } from './run-migration.ts'
import { type ApplyOptions, openRunSession, resetSession, type RunSession } from './run-session.ts'
import { stoppedMidway } from './stopped-midway.ts'
import { readDataStates } from '../data/data-state.ts'
import type { DataSteps } from '../data/steps.ts'
import { isFailure } from '../errors/failure.ts'
import { ensureLedger, readLedger } from '../history/ledger.ts'
import { appliedSql, failedSql, finishedSql, ledgerTable, startedSql } from '../history/ledger-sql.ts'
import type { Migration } from '../history/read-history.ts'
import { quoteLiteral } from '../postgres/quote.ts'

/** What to apply, to which database, and how. */
export interface UpOptions extends ApplyOptions {
  readonly history: readonly Migration[]
  /** The last migration to apply: its name, or a beginning that only it has. Without it, all. */
  readonly to?: string
}

/** What a run did with one migration. */
export interface AppliedStep {
  readonly migration: string
  /** Its migration.sql, or its data step. */
  readonly step: 'schema' | 'data'
  /** Of a data step its batches, since it began. */
  readonly statements: number
  /** Of a data step: rows changed since it began. */
  readonly rows?: number
  readonly ms: number
  /** More than one where a lock had to be waited for. */
  readonly attempts: number
}

/** The document of `tide up`. */
export interface UpResult {
  /** In the order in which they were applied. */
  readonly applied: readonly string[]
  /** Those of them that come before one that was applied already. */
  readonly outOfOrder: readonly string[]
  readonly steps: readonly AppliedStep[]
  readonly ms: number
}

/**
 * Applies what is pending. Every file is parsed before the first statement runs; each migration is recorded in Prisma's
 * ledger, in the same transaction where it is one commit group. After a crash or a failure, the same call goes on.
 * @throws APPLY_*, STATEMENT_*, POSTGRES_*
 */
export async function up(options: UpOptions): Promise<UpResult> {
  return explainingServerErrors(() => applyPending(options))
}

async function applyPending(options: UpOptions): Promise<UpResult> {
  const { now } = options.ports ?? machinePorts
  const startedAt = now()
  await using session = await openRunSession(options, 'tide up')
  const { connection, schema } = session
  const ledger = await readLedger(connection, schema)
  const plan = planUp(options.history, ledger, await readJournal(connection, schema), options.to)
  const scripts: PreparedScript[] = []
  const pending = new Set(plan.migrations.map(({ migration }) => migration.name))
  const tasks = planData(options.history, pending, await readDataStates(connection, schema, options.history, ledger))
  const data = await openData(session, options, tasks.map(({ migration }) => migration))
  for (const { migration, unfinished } of plan.migrations) {
    scripts.push(await prepareScript(migration.sql, join(migration.directory, 'migration.sql'), unfinished?.journal))
  }
  await data?.requireTables(connection, plan.migrations.map(({ migration }) => migration.sql).join('\n'))
  if (scripts.length > 0) await ensureLedger(connection, schema)

  const steps: AppliedStep[] = []
  const work = orderWork(options.history, plan.migrations, tasks)
  let applied = 0
  for (const [index, { planned, task }] of work.entries()) {
    const name = planned?.migration.name ?? task?.migration.name ?? ''
    try {
      if (planned !== undefined) {
        session.report({ stage: 'applying migrations', done: applied, total: scripts.length, detail: name })
        steps.push(await apply(session, planned, scripts[applied] ?? { done: [], groups: [] }))
        applied++
      } else if (task !== undefined && data !== undefined) steps.push(...(await runData(session, data, task)))
    } catch (error) {
      throw stoppedMidway(error, {
        verb: 'applied',
        done: appliedNames(steps),
        failed: name,
        notTried: work.slice(index + 1).flatMap((one) => one.planned?.migration.name ?? []),
      })
    }
  }
  if (scripts.length > 0) session.report({ stage: 'applying migrations', done: scripts.length, total: scripts.length })
  return { applied: appliedNames(steps), outOfOrder: plan.outOfOrder, steps, ms: Math.round(now() - startedAt) }
}

function appliedNames(steps: readonly AppliedStep[]): readonly string[] {
  return steps.filter(({ step }) => step === 'schema').map(({ migration }) => migration)
}

interface Work {
  readonly planned?: PlannedUp
  readonly task?: DataTask
}

/** In the order of the history; a data step comes after its own migration.sql. */
function orderWork(
  history: readonly Migration[],
  planned: readonly PlannedUp[],
  tasks: readonly DataTask[],
): readonly Work[] {
  return history.flatMap(({ name }): readonly Work[] => [
    ...planned.filter(({ migration }) => migration.name === name).map((one) => ({ planned: one })),
    ...tasks.filter(({ migration }) => migration.name === name).map((one) => ({ task: one })),
  ])
}

async function runData(session: RunSession, data: DataSteps, task: DataTask): Promise<readonly AppliedStep[]> {
  const { name } = task.migration
  const ledger = task.ledgerId === undefined ? await readLedger(session.connection, session.schema) : []
  const ledgerId = task.ledgerId ?? ledger.findLast((row) => row.name === name && row.rolledBackAt === undefined)?.id
  if (ledgerId === undefined) return []
  const { rows, batches, ms } = await data.up(name, ledgerId, task.recheck)
  return task.recheck ? [] : [{ migration: name, step: 'data', statements: batches, rows, ms, attempts: 1 }]
}

async function apply(session: RunSession, planned: PlannedUp, script: PreparedScript): Promise<AppliedStep> {
  const startedAt = session.ports.now()
  const count = await runMigration(session, runOf(session.schema, planned, script))
  if (mayChangeSession(script)) await resetSession(session)
  const { name } = planned.migration
  return { migration: name, step: 'schema', ...count, ms: Math.round(session.ports.now() - startedAt) }
}

function runOf(schema: string, { migration, unfinished }: PlannedUp, script: PreparedScript): MigrationRun {
  const { name, checksum } = migration
  const id = unfinished?.row.id ?? randomUUID()
  return {
    migration: name,
    direction: 'up',
    ledgerId: id,
    ...script,
    journal: unfinished?.journal,
    once: [appliedSql({ id, name, checksum }, schema)],
    start: [unfinished === undefined ? startedSql({ id, name, checksum }, schema) : resumedSql(id, checksum, schema)],
    finish: [finishedSql(id, schema)],
    fail: (error) => [failedSql(id, logsOf(error), schema)],
    forget: [`DELETE FROM ${ledgerTable(schema)} WHERE "id" = ${quoteLiteral(id)}`],
  }
}

/** The file may have been corrected since it failed: its checksum is that of now, and it has not failed yet. */
function resumedSql(id: string, checksum: string, schema: string): string {
  return `UPDATE ${ledgerTable(schema)} SET "checksum" = ${quoteLiteral(checksum)}, "logs" = NULL WHERE "id" = ${quoteLiteral(id)}`
}

function logsOf(error: unknown): string {
  if (!isFailure(error)) return error instanceof Error ? error.message : String(error)
  const { message, why, where } = error.details
  const place = where?.line === undefined ? [] : [`line ${String(where.line)}, column ${String(where.column ?? 1)}`]
  return [message, ...place, ...(why === undefined ? [] : [why])].join('\n')
}
