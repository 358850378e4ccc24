import { changesKey } from './changes-key.ts'
import type { LoadedSqlStep, LoadedStep, WriteStatements } from './load-step.ts'
import type { StepTarget } from './read-target.ts'
import { checkWithoutKey, keyChanged, statementInvalid, transactionEnded } from '../errors.ts'
import { statementsOf } from '../engine/change-batch.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { isConnectionLoss } from '../../postgres/sqlstate.ts'
import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import type { Statement } from '../../postgres/statements/statement.ts'

/**
 * Asks the server whether the check, and the statements of a set-based step, can run as they are; nothing is run.
 * @throws DATA_STATEMENT_INVALID, DATA_CHECK_KEY, DATA_KEY_CHANGED, DATA_TRANSACTION_ENDED
 */
export async function validateStep(
  connection: Connection,
  step: LoadedStep,
  target: StepTarget | undefined,
  direction: 'up' | 'down',
): Promise<void> {
  if (direction === 'up') await validateCheck(connection, step, target)
  const write = step.form === 'sql' ? step[direction] : undefined
  if (step.form !== 'sql' || target === undefined || typeof write !== 'function') return
  const part = `\`${direction}\``
  for (const statement of await parseAll(step, write, target, part)) {
    if (statement.kind === 'TransactionStmt') throw transactionEnded(step.migration)
    const changed = changesKey(statement.node, target)
    if (changed.length > 0) throw keyChanged(step.migration, changed)
    if (explained.has(statement.kind)) await explain(connection, step.migration, part, statement.text)
  }
}

const explained: ReadonlySet<string> = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'SelectStmt'])

async function validateCheck(connection: Connection, step: LoadedStep, target: StepTarget | undefined): Promise<void> {
  const statements = await parse(step.migration, '`check`', step.check)
  if (statements.length !== 1 || statements[0]?.kind !== 'SelectStmt') {
    throw statementInvalid(step.migration, '`check`', 'It is not one query.')
  }
  await explain(connection, step.migration, '`check`', step.check)
  if (target === undefined) return
  const { fields } = await connection.query(`SELECT * FROM (${step.check}\n) AS tide_left LIMIT 0`)
  const given = new Set(fields.map(({ name }) => name))
  const missing = target.key.map(({ name }) => name).filter((name) => !given.has(name))
  if (missing.length > 0) throw checkWithoutKey(step.migration, missing, target.table)
}

async function parseAll(
  step: LoadedSqlStep,
  write: WriteStatements,
  target: StepTarget,
  part: string,
): Promise<readonly Statement[]> {
  // A batch of no rows, with the columns that a real one names.
  const columns = (prefix: string): string => target.key.map(({ name }) => `${quoteIdentifier(prefix)}.${quoteIdentifier(name)}`).join(', ')
  const conditions = new Set<string>()
  const condition = (alias = target.table): string => {
    const text = `(${columns(alias)}) IS NULL`
    conditions.add(text)
    return text
  }
  const texts = statementsOf(step, write, condition)
  const loose = texts.find((text) => /^\s*(?:WITH|INSERT|UPDATE|DELETE|MERGE)\b/i.test(text) && !holdsOneOf(text, conditions))
  if (loose !== undefined) {
    const reason = 'A statement of it has no `batch()`: each batch would change all rows again.'
    throw statementInvalid(step.migration, '`up` or `down`', reason)
  }
  const parsed: Statement[] = []
  for (const text of texts) parsed.push(...(await parse(step.migration, part, text)))
  return parsed
}

async function parse(migration: string, part: string, sql: string): Promise<readonly Statement[]> {
  try {
    return await parseStatements(sql, 'data.ts')
  } catch (error) {
    throw statementInvalid(migration, part, error instanceof Error ? error.message : String(error))
  }
}

async function explain(connection: Connection, migration: string, part: string, sql: string): Promise<void> {
  try {
    await connection.query(`EXPLAIN ${sql}`)
  } catch (error) {
    if (isConnectionLoss(error)) throw error
    const { message, sqlstate, hint } = readServerError(error)
    throw statementInvalid(migration, part, [`${message} (${sqlstate})`, ...(hint === undefined ? [] : [hint])].join('\n'))
  }
}

function holdsOneOf(text: string, conditions: ReadonlySet<string>): boolean {
  return [...conditions].some((condition) => text.includes(condition))
}
