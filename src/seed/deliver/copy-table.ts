import type { Connection } from '../../postgres/connect.ts'
import { copyIn } from '../../postgres/copy/copy-in.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import { type Progress, tellProgress } from './progress.ts'
import type { RowChunk } from './row-chunks.ts'
import { quoteTable } from './table-target.ts'

/** Streams chunks of rows into a table. @returns how many rows the table took: a trigger may leave some out */
export async function copyTable(
  connection: Connection,
  table: TablePlan,
  columns: readonly string[],
  chunks: Iterable<RowChunk> | AsyncIterable<RowChunk>,
  progress: Progress,
): Promise<number> {
  return copyIn(connection, quoteTable(table), columns, texts())

  async function* texts(): AsyncGenerator<string> {
    for await (const { text, end } of chunks) {
      tellProgress(progress, table.name, end, table.rows)
      yield text
    }
  }
}
