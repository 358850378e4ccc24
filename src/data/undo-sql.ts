import { isNoWayBack, isRecorded, type LoadedSqlStep, type LoadedStep } from './step/load-step.ts'
import { readTarget, type StepTarget } from './step/read-target.ts'
import { accessModel } from './client/rows-access.ts'
import { createStepContexts } from './client/step-context.ts'
import { statementsOf } from './engine/change-batch.ts'
import { readUndoColumns, type UndoColumn } from './engine/recorded-undo.ts'
import { clientUnavailable, undoWithoutSql } from './errors.ts'
import { keyIsSql, rangeSql } from './batch/key-range.ts'
import { hasStore } from './store/create-store.ts'
import { readUntouched } from './store/quarantine.ts'
import { isWhole, readStep } from './store/step-record.ts'
import { readDoneRanges } from './store/write-step.ts'
import { type Connection, withConnection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { quoteIdentifier, quoteLiteral } from '../postgres/quote.ts'
import { rowSettings } from '../postgres/row-settings.ts'
import { readSnapshot } from '../project/scripts/snapshot.ts'

/**
 * The SQL that takes a data step back, for review: of a recorded undo a statement for each row, with what the row held;
 * of a step of SQL its `down`, over the rows that it has changed. Runs nothing. Values of rows are in it: that is what
 * it is for.
 * @throws DATA_UNDO_SQL where the way back is a function, or there is none
 */
export async function writeUndoSql(database: DatabaseUrl, step: LoadedStep): Promise<string> {
  const { down, migration } = step
  if (isNoWayBack(down)) throw undoWithoutSql(migration, `It has no way back: ${down.reason}`)
  if (step.form === 'transaction' || (step.form === 'rows' && !isRecorded(down))) {
    throw undoWithoutSql(migration, 'Its way back is a function.')
  }
  const head = `-- What takes back the data step of ${migration}.`
  if (step.form === 'sql' && typeof step.down === 'function') {
    const where = await reachOf(database, step)
    const texts = statementsOf(step, step.down, (alias) => where(alias))
    return [head, ...texts.map((text) => `${text.trim().replace(/;$/, '')};`), ''].join('\n')
  }
  if (!isRecorded(down)) throw undoWithoutSql(migration, 'Nothing is recorded.')
  return withConnection(database, async (connection) => {
    const id = { schema: database.schema, migration }
    const { table, key, columns } = placeOf(step, down.restore)
    const target = await readTarget(connection, { owner: `The data step of ${migration}`, table, key }, id.schema)
    const kept = await readUndoColumns(connection, id, target, columns)
    const lines = await inTransaction(connection, () => recordedLines(connection, id, target, kept))
    return [`${head} ${lines.length.toLocaleString('en')} rows.`, 'BEGIN;', settings, ...lines, 'COMMIT;', ''].join('\n')
  })
}

/** Whoever runs it: the texts of values are read as they were written. */
const settings = `${rowSettings.replaceAll(/\s+/g, ' ')};`

/** The condition that holds a way back to the rows that the step has changed so far, as `tide down` does. */
async function reachOf(database: DatabaseUrl, step: LoadedSqlStep): Promise<(alias?: string) => string> {
  return withConnection(database, async (connection) => {
    const id = { schema: database.schema, migration: step.migration }
    const record = await readStep(connection, id)
    if (record?.direction !== 'up') return () => 'true'
    const owner = `The data step of ${step.migration}`
    const { table, key } = await readTarget(connection, { owner, table: step.table, key: step.key }, id.schema)
    const ranges = isWhole(record) ? undefined : await readDoneRanges(connection, id)
    const untouched = await readUntouched(connection, id)
    return (alias = table) => {
      const done = ranges?.map((range) => rangeSql(key, range, alias))
      const isDone = done === undefined ? [] : [done.length === 0 ? 'false' : `(${done.join(' OR ')})`]
      const isSpared = untouched.map((value) => `NOT (${keyIsSql(key, value, alias)})`)
      return [...isDone, ...isSpared].join(' AND ') || 'true'
    }
  })
}

interface UndoPlace {
  readonly table: string
  readonly key: readonly string[] | undefined
  readonly columns: readonly string[]
}

function placeOf(step: Exclude<LoadedStep, { form: 'transaction' }>, names: readonly string[]): UndoPlace {
  if (step.form === 'sql') return { table: step.table, key: step.key, columns: names }
  const snapshot = readSnapshot(step.directory)
  if (snapshot === undefined) throw clientUnavailable(step.migration, 'No schema.prisma stands beside data.ts.')
  const contexts = createStepContexts(step.migration, 'public', undefined)
  const access = accessModel(step, { path: snapshot.file, text: snapshot.text }, contexts)
  return { table: access.table, key: access.key, columns: names.map(access.columnOf) }
}

async function recordedLines(
  connection: Connection,
  id: { readonly schema: string; readonly migration: string },
  target: StepTarget,
  columns: readonly UndoColumn[],
): Promise<readonly string[]> {
  if (!(await hasStore(connection))) return []
  const { rows } = await connection.query<RecordedRow>(
    'SELECT key, columns, before FROM tide.data_undo WHERE ledger_schema = $1 AND migration = $2 ORDER BY key',
    [id.schema, id.migration],
  )
  const literal = (value: string | null | undefined, type: string): string =>
    value === null || value === undefined ? 'NULL' : `${quoteLiteral(value)}::${type}`
  return rows.flatMap(({ key, columns: recorded, before }) => {
    // Of a row that was met while the script named other columns, what was recorded of it.
    const sets = columns
      .filter(({ name }) => recorded.includes(name))
      .map(({ name, type }) => `${quoteIdentifier(name)} = ${literal(before[recorded.indexOf(name)], type)}`)
    if (sets.length === 0) return []
    const where = target.key.map(({ name, type }, index) => `${quoteIdentifier(name)} = ${literal(key[index], type)}`)
    return [`UPDATE ${target.sql} SET ${sets.join(', ')} WHERE ${where.join(' AND ')};`]
  })
}

interface RecordedRow {
  readonly key: readonly string[]
  readonly columns: readonly string[]
  readonly before: readonly (string | null)[]
}
