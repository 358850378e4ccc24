import type { Report } from '../../apply/ports.ts'
import type { Batch } from '../../data/define-data.ts'
import type { StepTarget } from '../../data/step/read-target.ts'
import { isFailure, withCause } from '../../errors/failure.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { sqlstate, sqlstateOf } from '../../postgres/sqlstate.ts'
import { interrupted, scriptFailed } from '../errors.ts'
import type { Fix } from '../run-fix.ts'
import { openTransaction } from './fix-transaction.ts'
import type { FixSessions } from './sessions.ts'

/** What a script hears of its run. */
export interface ScriptOptions {
  readonly database: DatabaseUrl
  readonly apply: boolean
  readonly report?: Report
  readonly signal?: AbortSignal
}

/** The batch that a script is called for. */
export interface ScriptBatch {
  readonly target: StepTarget
  readonly batch: Batch
}

/**
 * Calls the function of a fix on the working transaction.
 * @param targets gets the names of the tables that its statements name
 * @param part of a fix in batches
 * @throws FIX_FAILED with the line of the script, FIX_STATEMENT_REFUSED also where the script has swallowed it
 */
export async function runScript(
  { work }: FixSessions,
  fix: Fix,
  targets: Set<string>,
  { apply, database, report, signal = new AbortController().signal }: ScriptOptions,
  part?: ScriptBatch,
): Promise<void> {
  const { definition } = fix
  const open = openTransaction({ work, schema: database.schema, file: fix.file, follows: part?.target })
  const run = { isRehearsal: !apply, signal, report: (detail: string) => report?.({ stage: fix.name, detail }) }
  try {
    if (definition.table === undefined) await definition.run(open.tx, run)
    else if (part !== undefined) await definition.run(open.tx, run, part.batch)
  } catch (error) {
    throw signal.aborted ? interrupted() : (open.refusal() ?? explain(error, open.lastError(), fix))
  } finally {
    open.close()
    for (const target of open.targets) targets.add(target)
  }
  const refusal = open.refusal()
  if (refusal !== undefined) throw refusal
  try {
    await work.query('SET CONSTRAINTS ALL IMMEDIATE')
  } catch (error) {
    // A statement failed and the script went on as if it had not: nothing of the transaction can be kept.
    const last = open.lastError()
    throw explain(sqlstateOf(error) === sqlstate.failedTransaction ? last : error, undefined, fix)
  }
}

/** @param last of the server, as it said it: a Prisma Client quotes values in what it throws for it */
function explain(error: unknown, last: unknown, fix: Fix): unknown {
  if (isFailure(error)) return error
  const isOfServer = error === last || (error instanceof Error && error.name.startsWith('PrismaClient'))
  const cause = isOfServer && sqlstateOf(last) !== undefined ? last : error
  const text = cause instanceof Error ? cause.message : String(cause)
  const reason = sqlstateOf(cause) === undefined ? text.split(/\n\s*/).filter((line) => line !== '').join('\n') : told(cause)
  const line = lineOf(error, fix.file)
  const failure = scriptFailed(fix.name, reason, { file: fix.file, ...(line === undefined ? {} : { line }) })
  return withCause(failure, cause)
}

/** Without the detail, which quotes rows. */
function told(error: unknown): string {
  const { message, hint, keyColumns } = readServerError(error)
  return [message, ...(keyColumns === undefined ? [] : [`Key: ${keyColumns}.`]), ...(hint === undefined ? [] : [hint])].join('\n')
}

/** The innermost line of the script in a stack. */
function lineOf(error: unknown, file: string): number | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const line = stack.split('\n').find((one) => one.replaceAll('\\', '/').includes(file.replaceAll('\\', '/')))
  const found = /:(\d+):\d+\)?$/.exec(line ?? '')?.[1]
  return found === undefined ? undefined : Number(found)
}
