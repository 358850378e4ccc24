import type { Connection } from '../../postgres/connect.ts'
import { sqlstate, sqlstateOf } from '../../postgres/sqlstate.ts'
import { withCause } from '../../errors/failure.ts'
import { referenceDuplicate, referenceRefused, referenceTargetMissing } from './errors.ts'
import { placeOf } from './declared.ts'
import type { PartSql } from './part-sql.ts'
import type { ReferencePart, ReferenceSet } from './resolve-set.ts'

/** Rows of one shape on their way into the table. */
export interface StagedPart {
  readonly set: ReferenceSet
  readonly part: ReferencePart
  readonly sql: PartSql
}

/**
 * Takes the rows whose relations are found by now, decides what is to be done with each, and does it.
 * @returns how many rows that were
 * @throws SEED_REFERENCE_DUPLICATE, SEED_REFERENCE_TARGET_MISSING, SEED_REFERENCE_REFUSED, each with the row's place
 */
export async function writeReady(connection: Connection, staged: StagedPart, overwrite: boolean): Promise<number> {
  const { sql } = staged
  const { rowCount } = await connection.query(sql.resolve)
  if (rowCount === null || rowCount === 0) return 0
  const { rows } = await connection.query<{ row: number; first: number }>(sql.duplicates)
  const [twice] = rows
  if (twice !== undefined) throw duplicate(staged, twice)
  // Without statistics the planner takes these tables for small ones, and joins row by row.
  await connection.query(`ANALYZE ${sql.readyTable}`)
  await connection.query(sql.classify)
  await written(connection, staged, sql.insert)
  await written(connection, staged, sql.update(overwrite))
  await connection.query(sql.record(overwrite))
  return rowCount
}

/** What is to be said of rows whose relations led nowhere when all others had found theirs. */
export async function explainUnresolved(
  connection: Connection,
  { set, part, sql }: StagedPart,
): Promise<Error | undefined> {
  for (const [index, lookup] of part.lookups.entries()) {
    const { rows } = await connection.query<{ row: number }>(sql.unresolved(index))
    const placed = part.rows[rows[0]?.row ?? -1]
    const name = lookup.matches[0]?.name ?? lookup.name
    if (placed === undefined) continue
    return referenceTargetMissing(set.model.name, name, lookup.targetModel, placeOf(placed.file, placed.row, name))
  }
  return undefined
}

async function written(connection: Connection, staged: StagedPart, statement: string): Promise<void> {
  const { part } = staged
  const error = await attempt(connection, statement, part.rows.length, true)
  if (error === undefined) return
  if (sqlstateOf(error) === sqlstate.insufficientPrivilege) throw error
  const orphan = await explainOrphan(connection, staged, error)
  throw withCause(orphan ?? (await explainRow(connection, staged, statement, error)), error)
}

/** Runs a statement up to a row; its error, with everything as before, where the server refuses it. */
async function attempt(
  connection: Connection,
  statement: string,
  lastRow: number,
  keep: boolean,
): Promise<Error | undefined> {
  await connection.query('SAVEPOINT tide_rows')
  let refusal: Error | undefined
  try {
    await connection.query(statement, [lastRow])
  } catch (error) {
    if (sqlstateOf(error) === undefined || !(error instanceof Error)) throw error
    refusal = error
  }
  if (refusal !== undefined || !keep) await connection.query('ROLLBACK TO SAVEPOINT tide_rows')
  await connection.query('RELEASE SAVEPOINT tide_rows')
  return refusal
}

async function explainOrphan(connection: Connection, { set, part, sql }: StagedPart, error: Error) {
  if (sqlstateOf(error) !== sqlstate.foreignKeyViolation) return undefined
  const name = 'constraint' in error ? String(error.constraint) : ''
  const foreignKey = set.table.foreignKeys.find((one) => one.name === name)
  if (foreignKey === undefined) return undefined
  const { rows } = await connection.query<{ row: number }>(sql.orphans(foreignKey.columns, foreignKey.target))
  const placed = part.rows[rows[0]?.row ?? -1]
  if (placed === undefined) return undefined
  const [column = '?'] = foreignKey.columns
  const field = set.model.fields.find((one) => one.column === column)?.name ?? column
  const target = set.model.fields.find((one) => one.relationFields.includes(field))?.type ?? foreignKey.target.table
  return referenceTargetMissing(set.model.name, field, target, placeOf(placed.file, placed.row, field))
}

/** Finds the first row that the server refuses, by halves: a statement fails with it and does not fail without. */
async function explainRow(connection: Connection, { set, part }: StagedPart, statement: string, error: Error) {
  let [good, bad] = [-1, part.rows.length - 1]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    const failed = (await attempt(connection, statement, middle, false)) !== undefined
    if (failed) bad = middle
    else good = middle
  }
  const placed = part.rows[bad]
  const place = placed === undefined ? undefined : placeOf(placed.file, placed.row)
  return referenceRefused(set.model.name, error.message, place)
}

function duplicate({ set, part }: StagedPart, { row, first }: { readonly row: number; readonly first: number }): Error {
  const [second, original] = [part.rows[row], part.rows[first]]
  const place = second === undefined ? {} : placeOf(second.file, second.row)
  const earlier = original === undefined ? undefined : placeOf(original.file, original.row)
  return referenceDuplicate(set.model.name, place, earlier)
}
