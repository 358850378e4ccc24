import type { StepTarget } from '../step/read-target.ts'
import { keyTextSql } from '../batch/key-range.ts'
import { undoColumnMissing, undoDeletes } from '../errors.ts'
import type { StepId } from '../store/step-record.ts'
import type { ChangeBatch } from './change-batch.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'

/** A column whose values are kept, and how a text of it becomes a value again. */
export interface UndoColumn {
  readonly name: string
  /** As `format_type` writes it, with length or precision. */
  readonly type: string
}

/**
 * The columns that a recorded undo keeps.
 * @throws DATA_UNDO_COLUMN for one that the table does not have, that is generated, or that belongs to the key
 */
export async function readUndoColumns(
  connection: Connection,
  id: StepId,
  target: StepTarget,
  names: readonly string[],
): Promise<readonly UndoColumn[]> {
  const { rows } = await connection.query<UndoColumn>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [target.sql],
  )
  return names.map((name) => {
    const column = rows.find((one) => one.name === name)
    const isKey = target.key.some((one) => one.name === name)
    if (column === undefined || isKey) throw undoColumnMissing(id.migration, target.table, name)
    return column
  })
}

/** The same change, after what the columns hold was written down: of a row that is met again, what it held first. */
export function recording(
  id: StepId,
  target: StepTarget,
  columns: readonly UndoColumn[],
  change: ChangeBatch,
): ChangeBatch {
  const names = columns.map(({ name }) => quoteLiteral(name)).join(', ')
  const values = columns.map(({ name }) => `tide_row.${quoteIdentifier(name)}::text`).join(', ')
  return async (connection, batch) => {
    await connection.query(
      `INSERT INTO tide.data_undo (ledger_schema, migration, key, columns, before)
       SELECT ${quoteLiteral(id.schema)}, ${quoteLiteral(id.migration)}, ${keyTextSql(target.key, 'tide_row')},
              ARRAY[${names}], ARRAY[${values}]
         FROM ${target.sql} AS tide_row WHERE ${batch.candidates.where(batch.range, 'tide_row')} FOR UPDATE OF tide_row
       ON CONFLICT DO NOTHING`,
    )
    const before = await readDeleted(connection, target)
    const changed = await change(connection, batch)
    // A delete that was taken back with its savepoint counts as well: then the rows are looked for.
    const mayLack = (await readDeleted(connection, target)) > before
    if (mayLack && (await lacksRecorded(connection, id, target))) throw undoDeletes(id.migration, target.table)
    return changed
  }
}

/** Rows of the table that this transaction has deleted so far; 0 where the server counts nothing. */
async function readDeleted(connection: Connection, target: StepTarget): Promise<number> {
  const table = `${quoteLiteral(target.sql)}::regclass`
  const { rows } = await connection.query<{ deleted: number }>(
    `SELECT coalesce(sum(pg_stat_get_xact_tuples_deleted(oid)), 0)::int AS deleted
       FROM (SELECT ${table} AS oid UNION SELECT relid FROM pg_partition_tree(${table})) AS one`,
  )
  return rows[0]?.deleted ?? 0
}

async function lacksRecorded(connection: Connection, id: StepId, target: StepTarget): Promise<boolean> {
  const { rows } = await connection.query<{ lacks: boolean }>(
    `SELECT EXISTS (SELECT FROM tide.data_undo AS tide_undo
        WHERE tide_undo.ledger_schema = ${quoteLiteral(id.schema)} AND tide_undo.migration = ${quoteLiteral(id.migration)}
          AND NOT EXISTS (SELECT FROM ${target.sql} AS tide_row
            WHERE ${keyTextSql(target.key, 'tide_row')} = tide_undo.key)) AS lacks`,
  )
  return rows[0]?.lacks === true
}

/** Puts back what was recorded. Rows that are gone stay gone. */
export function restoring(id: StepId, target: StepTarget, columns: readonly UndoColumn[]): ChangeBatch {
  // A row that was met while the script named fewer columns has no value of the others: they stay.
  const sets = columns.map(({ name, type }) => {
    const [column, text] = [quoteIdentifier(name), quoteLiteral(name)]
    const before = `tide_undo.before[array_position(tide_undo.columns, ${text})]::${type}`
    return `${column} = CASE WHEN ${text} = ANY (tide_undo.columns) THEN ${before} ELSE tide_row.${column} END`
  })
  return async (connection, { range, candidates }) => {
    const { rowCount } = await connection.query(
      `UPDATE ${target.sql} AS tide_row SET ${sets.join(', ')} FROM tide.data_undo AS tide_undo
        WHERE tide_undo.ledger_schema = ${quoteLiteral(id.schema)} AND tide_undo.migration = ${quoteLiteral(id.migration)}
          AND tide_undo.key = ${keyTextSql(target.key, 'tide_row')} AND ${candidates.where(range, 'tide_row')}`,
    )
    return rowCount ?? 0
  }
}
