import { copyIn } from '../../postgres/copy/copy-in.ts'
import { copyLine } from '../../postgres/copy/copy-text.ts'
import type { Connection } from '../../postgres/connect.ts'
import { sqlstateOf } from '../../postgres/sqlstate.ts'
import { withCause } from '../../errors/failure.ts'
import { referenceValue } from './errors.ts'
import { placeOf } from './declared.ts'
import type { PartSql } from './part-sql.ts'
import type { ReferencePart, ReferenceSet } from './resolve-set.ts'

/**
 * Brings declared rows to the server, which reads each value as its column's type would.
 * @throws SEED_REFERENCE_VALUE with file, line and column of the value that the type does not have
 */
export async function stagePart(
  connection: Connection,
  set: ReferenceSet,
  part: ReferencePart,
  sql: PartSql,
): Promise<void> {
  for (const statement of sql.create) await connection.query(statement)
  try {
    await copyIn(connection, sql.declaredTable, sql.declaredColumns, lines(part))
  } catch (error) {
    throw explainValue(set, part, sql, error)
  }
  await connection.query(`ANALYZE ${sql.declaredTable}`)
}

function* lines(part: ReferencePart): Generator<string> {
  let chunk = ''
  for (const [index, row] of part.rows.entries()) {
    chunk += copyLine([String(index), ...part.cells(row)])
    if (chunk.length < chunkLength) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}

const chunkLength = 65_536

/** The server says of a value in COPY: `COPY t, line 3, column minor_units: "x"`. */
function explainValue(set: ReferenceSet, part: ReferencePart, sql: PartSql, error: unknown): unknown {
  if (sqlstateOf(error) === undefined || !(error instanceof Error)) return error
  const context = 'where' in error && typeof error.where === 'string' ? error.where : ''
  const line = Number(/, \D+ (\d+)/.exec(context)?.[1] ?? 0)
  const placed = part.rows[line - 1]
  if (placed === undefined) return error
  const column = sql.declaredColumns.findLastIndex((name) => context.includes(`, column ${name}:`) || context.endsWith(`column ${name}`))
  const name = part.names[column - 1]
  const reason = `${error.message}.`
  return withCause(referenceValue(set.model.name, name ?? '?', reason, placeOf(placed.file, placed.row, name)), error)
}
