import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { explainingServerErrors } from './explain-server-errors.ts'
import { readJournal } from './journal.ts'
import { type PlannedUp, planUp } from './plan-up.ts'
import { type PreparedScript, prepareScript } from './prepare-script.ts'
import { mayChangeSession } from './session-changes.ts'
import { machinePorts } from './ports.ts'
import { type MigrationRun, runMigration } from './run-migration.ts'
import { type ApplyOptions, openRunSession, resetSession, type RunSession } from './run-session.ts'
import { stoppedMidway } from './stopped-midway.ts'
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
  readonly step: 'schema'
  readonly statements: number
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
  const plan = planUp(
    options.history,
    await readLedger(connection, schema),
    await readJournal(connection, schema),
    options.to,
  )
  const scripts: PreparedScript[] = []
  for (const { migration, unfinished } of plan.migrations) {
    scripts.push(await prepareScript(migration.sql, join(migration.directory, 'migration.sql'), unfinished?.journal))
  }
  if (scripts.length > 0) await ensureLedger(connection, schema)

  const steps: AppliedStep[] = []
  for (const [index, planned] of plan.migrations.entries()) {
    const { name } = planned.migration
    session.report({ stage: 'applying migrations', done: index, total: scripts.length, detail: name })
    try {
      steps.push(await apply(session, planned, scripts[index] ?? { done: [], groups: [] }))
    } catch (error) {
      throw stoppedMidway(error, {
        verb: 'applied',
        done: steps.map((step) => step.migration),
        failed: name,
        notTried: plan.migrations.slice(index + 1).map(({ migration }) => migration.name),
      })
    }
  }
  if (scripts.length > 0) session.report({ stage: 'applying migrations', done: scripts.length, total: scripts.length })
  const applied = steps.map((step) => step.migration)
  return { applied, outOfOrder: plan.outOfOrder, steps, ms: Math.round(now() - startedAt) }
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
