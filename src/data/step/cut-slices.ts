import { keyColumnsSql, keyTextSql, type KeyRange, type KeyValue } from '../batch/key-range.ts'
import type { Candidates } from './candidates.ts'
import type { StepTarget } from './read-target.ts'
import type { Connection } from '../../postgres/connect.ts'

/** What is to be gone through. */
export interface Extent {
  readonly total: number
  readonly ranges: readonly KeyRange[]
}

/** A slice of fewer rows is not worth a row of its own. */
const leastRows = 2000
const sampledPages = 1000
/** Above it the planner's estimate does: counting takes minutes. */
const countedPages = 200_000

/**
 * Cuts the key space into about `slices` ranges of as many rows each; the first is open at the beginning and the last
 * at the end, so that together they hold every key there is or will be.
 */
export async function cutSlices(
  connection: Connection,
  target: StepTarget,
  candidates: Candidates,
  { slices, isWhole }: { readonly slices: number; readonly isWhole: boolean },
): Promise<Extent> {
  const isCounted = !isWhole || target.pages < countedPages || target.estimatedRows < 1
  const total = isCounted ? await countRows(connection, candidates) : target.estimatedRows
  const count = Math.max(1, Math.min(slices, Math.ceil(total / leastRows)))
  if (count === 1) return { total, ranges: [{ from: undefined, to: undefined }] }
  const isSampled = isWhole && target.pages > sampledPages
  const from = isSampled
    ? `${target.sql} AS ${candidates.alias} TABLESAMPLE SYSTEM (${((sampledPages / target.pages) * 100).toFixed(4)})`
    : candidates.from
  const bounds = await readBounds(connection, { ...candidates, from }, target, count)
  const starts: readonly (KeyValue | undefined)[] = [undefined, ...bounds]
  return { total, ranges: starts.map((start, index) => ({ from: start, to: bounds[index] })) }
}

async function countRows(connection: Connection, { from }: Candidates): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM ${from}`)
  return rows[0]?.count ?? 0
}

async function readBounds(
  connection: Connection,
  { from, alias }: Candidates,
  { key }: StepTarget,
  count: number,
): Promise<readonly KeyValue[]> {
  const columns = keyColumnsSql(key, alias)
  const { rows } = await connection.query<{ bound: KeyValue }>(
    `SELECT ${keyTextSql(key, 'tide_tile')} AS bound
       FROM (SELECT ${columns}, tide_tile, row_number() OVER (PARTITION BY tide_tile ORDER BY ${columns} DESC) AS tide_last
               FROM (SELECT ${columns}, ntile(${count}) OVER (ORDER BY ${columns}) AS tide_tile FROM ${from}) AS ${alias}) AS tide_tile
      WHERE tide_tile.tide_last = 1 AND tide_tile.tide_tile < ${count}
      ORDER BY tide_tile.tide_tile`,
  )
  return rows.map(({ bound }) => bound)
}
