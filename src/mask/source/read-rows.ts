import type { Connection } from '../../postgres/connect.ts'
import { copyOut } from '../../postgres/copy/copy-out.ts'
import { copyBlocks } from '../../postgres/copy/copy-rows.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { tableKey } from '../../seed/plan/table-key.ts'
import { rowHash } from '../subset/row-hash.ts'
import type { Selection } from '../subset/selection.ts'
import { batches, isAmong } from '../subset/take-subset.ts'
import { explainSource } from './explain-source.ts'

/** A table of which rows are read. */
export interface RowsToRead {
  readonly connection: Connection
  readonly table: TableFacts
  readonly columns: readonly string[]
  /** SQL of a subquery in place of the table, where the source hands out values in another order. */
  readonly readFrom?: string | undefined
  /** Only these rows; all of them where it is left out. */
  readonly selection: Selection | undefined
  /** Decides the order; none where it is left out. */
  readonly salt: string | undefined
}

/** Streams rows out of the source, as lines in the text format of COPY. Memory does not grow with them. */
export async function* readRows(toRead: RowsToRead): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    for (const query of queriesOf(toRead)) yield* copyBlocks(copyOut(toRead.connection, query))
  } catch (error) {
    throw explainSource(`${tableKey(toRead.table)} was read`, error)
  }
}

function* queriesOf({ table, columns, selection, salt, readFrom }: RowsToRead): Generator<string> {
  const names = columns.map((name) => `t.${quoteIdentifier(name)}`).join(', ')
  const order = salt === undefined ? '' : ` ORDER BY ${rowHash(table, 't', salt)}`
  const from = `SELECT ${names} FROM ${readFrom ?? quoteQualified(table.schema, table.name)} AS t`
  if (selection === undefined) {
    yield from + order
    return
  }
  const key = tableKey(table)
  for (const chosen of batches(selection.parts(key), rowsPerQuery))
    yield `${from} WHERE ${isAmong('t', chosen)}${order}`
}

/** The order of the key holds within so many rows of a subset. */
const rowsPerQuery = 20_000
