import { createJournalSql, forgetSql, hashStatement, type JournalRow, journalSql } from './journal.ts'
import { dropInvalidIndex, prepareAgain, saysDone, skipsExistingIndex } from './prepare-again.ts'
import { type RunCount, runCommitGroup } from './run-group.ts'
import type { RunSession } from './run-session.ts'
import { keptInPart } from './stopped-midway.ts'
import type { CommitGroup } from '../postgres/statements/commit-groups.ts'
import { sqlstate, sqlstateOf } from '../postgres/sqlstate.ts'
import { isConcurrentBuild } from '../postgres/statements/outside-transaction.ts'
import type { Statement } from '../postgres/statements/statement.ts'

/** A script to run, and what is to be written in the ledger. */
export interface MigrationRun {
  readonly migration: string
  readonly direction: 'up' | 'down'
  readonly ledgerId: string | null
  /** Statements that an earlier run committed; the groups are what follows them. */
  readonly done: readonly Statement[]
  readonly groups: readonly CommitGroup[]
  /** Where it was begun before and is not finished. */
  readonly journal: JournalRow | undefined
  /** SQL for the ledger, where all is one commit group. */
  readonly once: readonly string[]
  /** SQL for the ledger, together with the first of several commits. */
  readonly start: readonly string[]
  /** SQL for the ledger, together with the last commit group. */
  readonly finish: readonly string[]
  /** SQL that writes down a failure, once something is committed. */
  readonly fail: (error: unknown) => readonly string[]
  /** SQL that takes back what `start` wrote, where nothing of the script is left. */
  readonly forget: readonly string[]
}

/**
 * Runs a migration's commit groups. Everything in one group: ledger and script are one transaction and one round trip.
 * Several groups: each commits together with the journal's row, so that whatever ends the process, the same call goes
 * on where it stopped.
 * @throws STATEMENT_FAILED, APPLY_LOCK_TIMEOUT, APPLY_INTERRUPTED
 */
export async function runMigration(session: RunSession, run: MigrationRun): Promise<RunCount> {
  if (run.journal === undefined && run.groups.length < 2 && run.groups[0]?.transactional !== false) {
    return runCommitGroup(session, { group: run.groups[0] ?? bookkeeping, frame: { after: run.once } })
  }
  if (!session.hasJournal) await runCommitGroup(session, { group: bookkeeping, frame: { before: createJournalSql } })
  session.hasJournal = true
  if (run.journal !== undefined) await restoreSettings(session, run.done)
  return runJournalled(session, run)
}

const bookkeeping: CommitGroup = { statements: [], transactional: true }

async function runJournalled(session: RunSession, run: MigrationRun): Promise<RunCount> {
  const done = [...run.done]
  let hasStarted = run.journal !== undefined
  let attempts = 1
  const journal = (next: Statement | undefined): string =>
    journalSql({ ...run, schema: session.schema, done, next })

  const [first] = run.groups
  if (first?.transactional === false || hasStarted) {
    const next = aloneIn(first)
    // The row of an earlier run knows which indexes there were before its attempt: it stays as it is.
    const isNoted = next !== undefined && run.journal?.begun === hashStatement(next)
    const before = isNoted ? run.start : [...run.start, journal(next)]
    await runCommitGroup(session, { group: bookkeeping, frame: { before, then: limitFor(session, first) } })
    hasStarted = true
  }
  for (const [index, group] of run.groups.entries()) {
    const next = run.groups[index + 1]
    const before = hasStarted ? [] : run.start
    const committed = done.length
    let hasEffects = committed > 0
    try {
      if (!group.transactional) {
        attempts = Math.max(attempts, await runAlone(session, run, group))
        hasEffects = true
      }
      done.push(...group.statements)
      const after = next === undefined ? finish(session, run) : [journal(aloneIn(next))]
      const written = group.transactional ? group : bookkeeping
      const frame = { before, after, then: limitFor(session, next) }
      attempts = Math.max(attempts, (await runCommitGroup(session, { group: written, frame })).attempts)
    } catch (error) {
      if (hasStarted) await recordFailure(session, run, { group, hasEffects, error })
      throw keptInPart(error, committed)
    }
    hasStarted = true
  }
  // A file that was cut down to what is committed already.
  if (run.groups.length === 0) {
    await runCommitGroup(session, { group: bookkeeping, frame: { after: finish(session, run) } })
  }
  return { statements: run.groups.reduce((sum, group) => sum + group.statements.length, 0), attempts }
}

function finish(session: RunSession, run: MigrationRun): readonly string[] {
  return [forgetSql(session.schema, run.migration), ...run.finish]
}

function aloneIn(group: CommitGroup | undefined): Statement | undefined {
  return group?.transactional === false ? group.statements[0] : undefined
}

/**
 * The lock timeout of the session for a statement outside a transaction. One that waits for others without keeping
 * anybody waiting (CONCURRENTLY, VACUUM) may wait for the whole budget: stopped half way, an index is built again.
 */
function limitFor({ lockTimeoutMs, lockBudgetMs }: RunSession, group: CommitGroup | undefined): readonly string[] {
  const statement = aloneIn(group)
  if (statement === undefined) return ['RESET lock_timeout']
  return [`SET lock_timeout = ${String(isConcurrentBuild(statement) ? lockBudgetMs : lockTimeoutMs)}`]
}

async function runAlone(session: RunSession, run: MigrationRun, group: CommitGroup): Promise<number> {
  const { connection } = session
  const [statement] = group.statements
  if (statement === undefined) return 0
  const wasBegun = run.journal?.begun === hashStatement(statement)
  const earlier = { wasBegun, knownIndexes: run.journal?.knownIndexes ?? null }
  const isFresh = !wasBegun && !skipsExistingIndex(statement)
  const prepare = async (attempt: number): Promise<'run' | 'done'> =>
    isFresh && attempt === 1 ? 'run' : prepareAgain(connection, statement, earlier)
  try {
    const { attempts } = await runCommitGroup(session, { group, prepare })
    if (statement.kind === 'DiscardStmt') await session.retakeLock()
    return attempts
  } catch (error) {
    const state = sqlstateOfFailure(error)
    if (wasBegun && saysDone(state, statement)) return 1
    // The name is taken: by what an earlier build left, or else the failure stands.
    if (state !== sqlstate.duplicateTable || !(await dropInvalidIndex(connection, statement))) throw error
    return (await runCommitGroup(session, { group, prepare })).attempts
  }
}

function sqlstateOfFailure(error: unknown): string | undefined {
  return error instanceof Error ? sqlstateOf(error.cause) : undefined
}

/**
 * After a failure in the middle: what is committed stays, the ledger's row says failed as Prisma's would, and the
 * journal knows where to go on. Where nothing of the script is left, the row is taken back.
 */
async function recordFailure(
  { connection, schema }: RunSession,
  run: MigrationRun,
  { group, hasEffects, error }: { readonly group: CommitGroup; readonly hasEffects: boolean; readonly error: unknown },
): Promise<void> {
  const [statement] = group.statements
  if (!group.transactional && statement !== undefined) await ignoreFailure(dropInvalidIndex(connection, statement))
  const isSomethingLeft = hasEffects || (!group.transactional && mayLeaveSomething(statement))
  const sql = isSomethingLeft ? run.fail(error) : [...run.forget, forgetSql(schema, run.migration)]
  if (sql.length > 0) await ignoreFailure(connection.query(['BEGIN', ...sql, 'COMMIT'].join(';\n')))
}

/** Statements outside a transaction that can fail half way with effects that are not taken back. */
function mayLeaveSomething(statement: Statement | undefined): boolean {
  return statement?.kind === 'DoStmt' || statement?.kind === 'AlterTableStmt'
}

/** What is written after a failure is a service: the failure itself is what has to be told. */
async function ignoreFailure(promise: Promise<unknown>): Promise<void> {
  await promise.catch(() => undefined)
}

/** SET statements that are committed already hold for the rest of their file: a new session needs them again. */
async function restoreSettings({ connection }: RunSession, done: readonly Statement[]): Promise<void> {
  for (const { node, text } of done) {
    if ('VariableSetStmt' in node && node.VariableSetStmt.is_local !== true) await connection.query(text)
  }
}
