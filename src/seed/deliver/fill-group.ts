import { inTransaction } from '../../postgres/in-transaction.ts'
import type { Connection } from '../../postgres/connect.ts'
import { sqlstate, sqlstateOf } from '../../postgres/sqlstate.ts'
import type { TableGroup, TablePlan } from '../plan/seed-plan.ts'
import { writtenTable } from './written-table.ts'
import type { TableRules } from '../rows/table-rules.ts'
import type { RowMakers } from '../rows/row-makers.ts'
import { claimTables } from './claim-tables.ts'
import { copyTable } from './copy-table.ts'
import { rowsHidden } from './errors.ts'
import { explainRefusal } from './explain-refusal.ts'
import { insertTable } from './insert-table.ts'
import { patchTable } from './patch-table.ts'
import type { Progress } from './progress.ts'
import { countTable } from './read-existing.ts'
import { type RowChunk, rowChunks } from './row-chunks.ts'
import { recordTable } from './run-ledger.ts'
import { setSequences } from './set-sequences.ts'
import { quoteTable } from './table-target.ts'

/** What filling takes. */
export interface FillContext {
  readonly connection: Connection
  readonly run: string
  /** By table, what its rows follow from. */
  readonly identities: ReadonlyMap<string, string>
  readonly makers: RowMakers
  /** Rows of a table as texts, from threads where there are some. */
  readonly chunks?: (table: TablePlan) => AsyncIterable<RowChunk>
  /** The user's own, by `TablePlan.name`. */
  readonly rules: ReadonlyMap<string, TableRules>
  /** Tables of the run that come before the group. */
  readonly earlier: readonly TablePlan[]
  readonly progress: Progress
  /** Milliseconds from any fixed moment. */
  readonly clock: () => number
}

/** What was told of a table on the way. */
export interface FilledTable {
  readonly table: TablePlan
  /** Those that the table took: a trigger may leave some out. */
  readonly rows: number
  /** `unchanged`: the same run filled it in another process meanwhile. */
  readonly state: 'filled' | 'unchanged'
  readonly ms: number
  readonly notes: readonly string[]
}

/**
 * Fills the tables of a group in one transaction, and records them in it: all of it or nothing.
 * @throws SEED_TABLE_CHANGED, SEED_TABLES_EMPTIED, SEED_ROWS_HIDDEN, and what `explainRefusal` makes of what the
 * server says
 */
export async function fillGroup(
  group: TableGroup,
  tables: readonly TablePlan[],
  context: FillContext,
): Promise<readonly FilledTable[]> {
  let current = tables[0]
  const at = (table: TablePlan): TablePlan => (current = table)
  try {
    return await inTransaction(context.connection, () => fillTables(group, tables, context, at))
  } catch (error) {
    throw explainRefusal(`${current?.key ?? 'a table'} was filled`, error, current && writtenTable(current, context.rules))
  }
}

async function fillTables(
  group: TableGroup,
  tables: readonly TablePlan[],
  context: FillContext,
  at: (table: TablePlan) => TablePlan,
): Promise<readonly FilledTable[]> {
  const { connection, makers, run, identities, clock, earlier } = context
  const claimed = await claimTables(connection, run, tables, earlier)
  const filled: FilledTable[] = []
  if (group.isDeferred) await connection.query('SET CONSTRAINTS ALL DEFERRED')
  for (const table of tables) {
    const rows = claimed.get(table.key)
    const start = clock()
    if (rows !== undefined) filled.push({ table, rows, state: 'unchanged', ms: 0, notes: [] })
    else filled.push({ ...(await fillTable(at(table), context)), state: 'filled', ms: Math.round(clock() - start) })
  }
  const finished: FilledTable[] = []
  for (const one of filled) finished.push(one.state === 'unchanged' ? one : await finishTable(one))
  return finished

  async function finishTable(one: FilledTable): Promise<FilledTable> {
    const { table, rows } = one
    at(table)
    const patched = await patchTable(connection, table, makers.table(table.key))
    const left = rows - (patched ?? rows)
    if (table.facts.rowSecurity && left > 0) throw rowsHidden(table.key, left, rows)
    await setSequences(connection, table)
    const { key, offset, moved } = table
    await recordTable(connection, run, key, { rows, offset, moved, identity: identities.get(key) })
    if (left <= 0) return one
    return { ...one, notes: [...one.notes, `${left} rows were not updated to close a cycle: a trigger left them`] }
  }
}

async function fillTable(
  table: TablePlan,
  context: FillContext,
): Promise<Pick<FilledTable, 'table' | 'rows' | 'notes'>> {
  const { connection } = context
  const isSecured = table.facts.rowSecurity
  const before = isSecured ? await countTable(connection, table.facts) : 0
  const { rows, notes } = await writeRows(table, context)
  const seen = isSecured ? (await countTable(connection, table.facts)) - before : rows
  if (seen < rows) throw rowsHidden(table.key, rows - seen, rows)
  const lost = table.rows - rows
  const told = lost === 0 ? [] : [`${lost} of ${table.rows} rows were taken away by a trigger or a rule`]
  return { table, rows, notes: [...notes, ...told] }
}

async function writeRows(
  table: TablePlan,
  { connection, makers, progress, chunks }: FillContext,
): Promise<{ readonly rows: number; readonly notes: readonly string[] }> {
  const maker = makers.table(table.key)
  const notes = notesOf(table)
  if (maker.columns.length === 0) {
    // Neither COPY nor a list of columns can be empty.
    const { rowCount } = await connection.query(`INSERT INTO ${quoteTable(table)} SELECT FROM generate_series(1, ${table.rows})`)
    return { rows: rowCount ?? 0, notes }
  }
  if (table.facts.rowSecurity || table.checks.asked.length > 0) {
    return { rows: await insertTable(connection, table, maker, progress), notes }
  }
  await connection.query('SAVEPOINT tide_copy')
  try {
    const texts = chunks?.(table) ?? rowChunks(maker)
    return { rows: await copyTable(connection, table, maker.columns, texts, progress), notes }
  } catch (error) {
    // What COPY cannot do at all, INSERT may.
    if (sqlstateOf(error) !== sqlstate.featureNotSupported) throw error
    await connection.query('ROLLBACK TO SAVEPOINT tide_copy')
    const rows = await insertTable(connection, table, maker, progress)
    return { rows, notes: [...notes, 'COPY is not allowed here: rows were inserted'] }
  }
}

function notesOf({ facts, checks }: TablePlan): readonly string[] {
  return [
    ...facts.insertTriggers.map(
      (trigger) => `trigger ${trigger.name} ran for each row or statement (${trigger.function})`,
    ),
    ...(facts.rowSecurity ? ['row-level security acts on this role: rows were inserted, not copied'] : []),
    ...checks.asked.map(({ name, reason }) => `${name} was tried in the database: ${reason}`),
  ]
}
