import { onTestFinished } from 'vitest'
import { type Connection, connect } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { readTables } from '../../src/postgres/tables/read-tables.ts'
import { readDataModel } from '../../src/prisma/data-model.ts'
import { applyReference } from '../../src/seed/reference/apply-reference.ts'
import type { DeclaredFile } from '../../src/seed/reference/declared.ts'
import { readCsv } from '../../src/seed/reference/read-csv.ts'
import { readJson } from '../../src/seed/reference/read-json.ts'
import type { ReferenceOutcome } from '../../src/seed/reference/reference-result.ts'
import { resolveReference } from '../../src/seed/reference/resolve-reference.ts'
import { matchTables } from '../../src/seed/reference/schema-tables.ts'
import { createTestDatabase } from './database.ts'
import { queryRows } from './query-rows.ts'

/** A database with tables, the schema that models them, and reference data on its way into them. */
export interface ReferenceBench {
  readonly database: DatabaseUrl
  readonly connection: Connection
  /** Brings files (`Model.csv`, `dev/Model.json`: text) into the database. */
  apply(files: Readonly<Record<string, string>>, options?: Partial<BenchOptions>): Promise<readonly ReferenceOutcome[]>
  /** The same for files that are read already. */
  applyFiles(files: readonly DeclaredFile[], options?: Partial<BenchOptions>): Promise<readonly ReferenceOutcome[]>
  rows(query: string): Promise<readonly string[]>
}

interface BenchOptions {
  readonly overwrite: boolean
  readonly dryRun: boolean
  readonly now: number
}

export async function createReferenceBench(sql: string, schema: string): Promise<ReferenceBench> {
  const database = await createTestDatabase()
  const connection = await connect(database)
  onTestFinished(() => connection.end())
  await connection.query(sql)
  const data = readDataModel([{ path: 'schema.prisma', text: schema }])
  const applyFiles: ReferenceBench['applyFiles'] = async (files, options = {}) => {
    const tables = matchTables(data, await readTables(connection), 'public')
    const settings = { now: Date.UTC(2026, 0, 1), overwrite: false, dryRun: false, ...options }
    return applyReference(connection, resolveReference(tables, files), settings)
  }
  return {
    database,
    connection,
    applyFiles,
    apply: (files, options) => applyFiles(Object.entries(files).map(([path, text]) => readAny(path, text)), options),
    rows: (query) => queryRows(connection, query),
  }
}

/** What became of a model, without what differs from run to run. */
export function countsOf(outcomes: readonly ReferenceOutcome[], model: string): Readonly<Record<string, number>> {
  const outcome = outcomes.find((one) => one.model === model)
  if (outcome === undefined) return {}
  const { inserted, updated, restored, unchanged, overwritten, changedByHand, removed } = outcome
  const { rows, deleted } = removed
  const counts = { inserted, updated, restored, unchanged, overwritten, deleted, removed: rows }
  const all = { ...counts, changedByHand: changedByHand.length }
  return Object.fromEntries(Object.entries(all).filter(([, number]) => number > 0))
}

function readAny(path: string, text: string): DeclaredFile {
  const model = /([^/.]+)\.\w+$/.exec(path)?.[1] ?? path
  return path.endsWith('.csv') ? readCsv(path, model, text) : readJson(path, model, text)
}
