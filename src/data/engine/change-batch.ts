import { keyColumnsSql, type KeyRange } from '../batch/key-range.ts'
import type { DataContext } from '../define-data.ts'
import { statementInvalid } from '../errors.ts'
import type { Candidates } from '../step/candidates.ts'
import { staysInPlace } from '../step/changes-key.ts'
import type { ChangeRows, LoadedRowsStep, LoadedSqlStep, WriteStatements } from '../step/load-step.ts'
import type { StepTarget } from '../step/read-target.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Connection } from '../../postgres/connect.ts'
import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import { readKeys, requireInPlace } from './watch-keys.ts'

/** Changes the rows of one batch in the transaction that is open; gives how many. */
export type ChangeBatch = (
  connection: Connection,
  batch: { readonly range: KeyRange; readonly candidates: Candidates },
) => Promise<number>

/** The statements of a set-based step for the rows of one batch, whose keys are watched where they could move. */
export function changeBySql(
  step: LoadedSqlStep,
  write: WriteStatements,
  target: StepTarget,
  direction: 'up' | 'down',
): ChangeBatch {
  let isWatched: Promise<boolean> | undefined
  return async (connection, { range, candidates }) => {
    const texts = statementsOf(step, write, (alias = target.table) => candidates.where(range, alias))
    const run = async (): Promise<number> => {
      let changed = 0
      for (const text of texts) {
        const result: unknown = await connection.query(text)
        const results = Array.isArray(result) ? (result as readonly unknown[]) : [result]
        for (const one of results) changed += changedBy(one)
      }
      return changed
    }
    isWatched ??= mayMoveRows(texts, target)
    if (!(await isWatched)) return run()
    await connection.query(`SELECT FROM ${target.sql} AS tide_row WHERE ${candidates.where(range, 'tide_row')}
      ORDER BY ${keyColumnsSql(target.key, 'tide_row')} FOR UPDATE OF tide_row`)
    const before = await readKeys(connection, target, range)
    const changed = await run()
    requireInPlace(step.migration, target, direction, { before, after: await readKeys(connection, target, range) })
    return changed
  }
}

async function mayMoveRows(texts: readonly string[], target: StepTarget): Promise<boolean> {
  for (const text of texts) {
    const statements = await parseStatements(text, 'data.ts')
    if (statements.some(({ node }) => !staysInPlace(node, target))) return true
  }
  return false
}

/**
 * What a step gives for one batch: a statement, or several.
 * @throws DATA_STATEMENT_INVALID where it is no text
 */
export function statementsOf(
  step: Pick<LoadedSqlStep, 'migration'>,
  write: WriteStatements,
  batch: (alias?: string) => string,
): readonly string[] {
  const given = write(batch)
  const texts: readonly unknown[] = Array.isArray(given) ? given : [given]
  return texts.map((text) => {
    if (typeof text !== 'string') throw statementInvalid(step.migration, '`up` or `down`', 'It gives something that is no text.')
    return text
  })
}

function changedBy(result: unknown): number {
  if (typeof result !== 'object' || result === null || !('command' in result) || !('rowCount' in result)) return 0
  return result.command !== 'SELECT' && typeof result.rowCount === 'number' ? result.rowCount : 0
}

/** How the rows of a model are read, and what their function is given. */
export interface RowsAccess {
  /** Column and field, of every field that has a column. */
  readonly fields: readonly { readonly column: string; readonly field: string }[]
  /** The client and `query`, bound to the session. */
  readonly context: (connection: Connection) => Promise<DataContext>
  /** Runs a query and gives its rows as the client gives values. */
  readonly read: (context: DataContext, sql: string) => Promise<readonly object[]>
}

/** The function of a step over rows, which are locked as long as it runs. */
export function changeByFunction(
  step: LoadedRowsStep,
  change: ChangeRows,
  target: StepTarget,
  means: { readonly access: RowsAccess; readonly direction: 'up' | 'down' },
): ChangeBatch {
  const { access, direction } = means
  const columns = access.fields.map(({ column, field }) => `tide_row.${quoteIdentifier(column)} AS ${quoteIdentifier(field)}`)
  return async (connection, { range, candidates }) => {
    const context = await access.context(connection)
    const rows = await access.read(
      context,
      `SELECT ${columns.join(', ')} FROM ${target.sql} AS tide_row WHERE ${candidates.where(range, 'tide_row')}
        ORDER BY ${keyColumnsSql(target.key, 'tide_row')} FOR UPDATE OF tide_row`,
    )
    const before = await readKeys(connection, target, range)
    await change(rows, context)
    requireInPlace(step.migration, target, direction, { before, after: await readKeys(connection, target, range) })
    return rows.length
  }
}
