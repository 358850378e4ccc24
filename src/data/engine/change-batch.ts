import { keyColumnsSql, keyTextSql, type KeyRange, rangeSql } from '../batch/key-range.ts'
import type { DataContext } from '../define-data.ts'
import { keyChanged, statementInvalid } from '../errors.ts'
import type { Candidates } from '../step/candidates.ts'
import type { ChangeRows, LoadedRowsStep, LoadedSqlStep, WriteStatements } from '../step/load-step.ts'
import type { StepTarget } from '../step/read-target.ts'
import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import type { Connection } from '../../postgres/connect.ts'

/** Changes the rows of one batch in the transaction that is open; gives how many. */
export type ChangeBatch = (
  connection: Connection,
  batch: { readonly range: KeyRange; readonly candidates: Candidates },
) => Promise<number>

/** The statements of a set-based step, for the rows of one batch. */
export function changeBySql(step: LoadedSqlStep, write: WriteStatements, target: StepTarget): ChangeBatch {
  return async (connection, { range, candidates }) => {
    let changed = 0
    for (const text of statementsOf(step, write, (alias = target.table) => candidates.where(range, alias))) {
      const result: unknown = await connection.query(text)
      const results = Array.isArray(result) ? (result as readonly unknown[]) : [result]
      for (const one of results) changed += changedBy(one)
    }
    return changed
  }
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
  access: RowsAccess,
): ChangeBatch {
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
    const after = await readKeys(connection, target, range)
    // Locked rows that are there no more, and that this transaction did not delete, have another key now.
    const missing = before.keys.filter((key) => !after.known.has(key)).length
    if (after.isCounted && missing > after.deleted - before.deleted) {
      throw keyChanged(step.migration, target.key.map(({ name }) => name))
    }
    return rows.length
  }
}

interface KeysInRange {
  readonly keys: readonly string[]
  readonly known: ReadonlySet<string>
  /** Rows of the table that this transaction has deleted so far. */
  readonly deleted: number
  /** False where the server counts nothing. */
  readonly isCounted: boolean
}

async function readKeys(connection: Connection, target: StepTarget, range: KeyRange): Promise<KeysInRange> {
  const { rows } = await connection.query<{ keys: readonly string[] | null; deleted: number; isCounted: boolean }>(
    `SELECT (SELECT array_agg(${keyTextSql(target.key, 'tide_row')}::text) FROM ${target.sql} AS tide_row
              WHERE ${rangeSql(target.key, range, 'tide_row')}) AS keys,
            (SELECT sum(pg_stat_get_xact_tuples_deleted(oid))::int
               FROM (SELECT ${quoteLiteral(target.sql)}::regclass AS oid
                     UNION SELECT relid FROM pg_partition_tree(${quoteLiteral(target.sql)}::regclass)) AS one) AS deleted,
            current_setting('track_counts')::bool AS "isCounted"`,
  )
  const keys = rows[0]?.keys ?? []
  return { keys, known: new Set(keys), deleted: rows[0]?.deleted ?? 0, isCounted: rows[0]?.isCounted === true }
}
