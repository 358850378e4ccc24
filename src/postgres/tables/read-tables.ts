import type { QueryResult, QueryResultRow } from 'pg'
import { settingsResults, withCanonicalSettings } from '../canonical-settings.ts'
import type { Connection } from '../connect.ts'
import { expressionColumns } from './expression-columns.ts'
import { resolveColumn, type TypeRows } from './resolve-type.ts'
import type { CheckFacts, ForeignKeyFacts, TableFacts, UniqueFacts } from './table-facts.ts'
import { tableQuestions } from './table-questions.ts'
import {
  type ColumnRow,
  type ConstraintRow,
  type IndexRow,
  type TableRow,
  toExclusion,
  type TriggerRow,
  type TypeRow,
} from './table-rows.ts'

/** Which tables are read. */
export interface ReadTablesOptions {
  /** All of the user's where it is left out. */
  readonly schemas?: readonly string[]
}

/**
 * Everything that somebody who fills the tables of a database must know of them, in one round trip, by schema and name.
 * Reads only, and leaves the session's settings as they were. Left out: system schemas, members of extensions, the
 * schemas `tide` and `tide_archive`, Prisma's ledger, foreign tables, and partitions: rows go into their parent.
 * Needs PostgreSQL 14 or newer.
 */
export async function readTables(
  connection: Connection,
  options: ReadTablesOptions = {},
): Promise<readonly TableFacts[]> {
  const answers = await ask(connection, tableQuestions(options.schemas))
  const rowsAt = (place: number): unknown => answers[place]?.rows ?? []
  const tables = rowsAt(0) as readonly TableRow[]
  const columns = byTable(rowsAt(1) as readonly ColumnRow[])
  const types: TypeRows = new Map((rowsAt(2) as readonly TypeRow[]).map((type) => [type.id, type]))
  const indexes = byTable(rowsAt(3) as readonly IndexRow[])
  const constraints = byTable(rowsAt(4) as readonly ConstraintRow[])
  const triggers = byTable(rowsAt(5) as readonly TriggerRow[])
  return Promise.all(
    tables.map(async (table): Promise<TableFacts> => {
      const unique = await Promise.all((indexes.get(table.id) ?? []).map(toUnique))
      const isPrimary = (indexes.get(table.id) ?? []).map((index) => index.isPrimary)
      const own = constraints.get(table.id) ?? []
      return {
        schema: table.schema,
        name: table.name,
        kind: table.isPartitioned ? 'partitioned' : 'table',
        columns: (columns.get(table.id) ?? []).map((row) => resolveColumn(row, types)),
        ...(table.isPartitioned && table.isByColumns ? { partitionKey: table.partitionColumns } : {}),
        primaryKey: unique[isPrimary.indexOf(true)],
        uniques: unique.filter((_, place) => isPrimary[place] !== true),
        checks: [...own.filter(({ kind }) => kind === 'c').map(toCheck), ...partitionCheck(table)],
        exclusions: own.filter(({ elements }) => elements !== null).map(toExclusion),
        foreignKeys: own.filter(({ kind }) => kind === 'f').map(toForeignKey),
        insertTriggers: (triggers.get(table.id) ?? []).map(({ table: _, ...trigger }) => trigger),
        rowSecurity: table.rowSecurity,
        estimatedRows: table.estimatedRows,
      }
    }),
  )
}

async function ask(connection: Connection, questions: readonly string[]): Promise<readonly QueryResult[]> {
  // The types of `pg` know no query of several statements: it answers with a result for each.
  const results = (await connection.query<QueryResultRow>(withCanonicalSettings(questions))) as unknown
  return (results as readonly QueryResult[]).slice(settingsResults)
}

function byTable<Row extends { readonly table: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const grouped = new Map<string, Row[]>()
  for (const row of rows) {
    const group = grouped.get(row.table)
    if (group === undefined) grouped.set(row.table, [row])
    else group.push(row)
  }
  return grouped
}

async function toUnique(row: IndexRow): Promise<UniqueFacts> {
  const keys = row.columns.map(async (column, place) => {
    if (column !== null) return { column }
    const expression = row.definitions[place] ?? ''
    return { expression, columns: await expressionColumns(expression) }
  })
  return {
    name: row.name,
    keys: await Promise.all(keys),
    predicate: row.predicate ?? undefined,
    nullsNotDistinct: row.nullsNotDistinct,
    deferrable: row.deferrable,
  }
}

function toCheck({ name, expression, columns }: ConstraintRow): CheckFacts {
  return { name, expression: expression ?? '', columns }
}

function partitionCheck({ partitionCheck: expression, partitionColumns: columns }: TableRow): readonly CheckFacts[] {
  return expression === null ? [] : [{ name: 'the bounds of its partitions', expression, columns }]
}

function toForeignKey(row: ConstraintRow): ForeignKeyFacts {
  return {
    name: row.name,
    columns: row.columns,
    target: { schema: row.targetSchema ?? '', table: row.targetTable ?? '', columns: row.targetColumns ?? [] },
    matchFull: row.matchFull,
    deferrable: row.deferrable,
  }
}
