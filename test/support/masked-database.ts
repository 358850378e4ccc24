import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { quoteIdentifier, quoteQualified } from '../../src/postgres/quote.ts'
import { readTables } from '../../src/postgres/tables/read-tables.ts'
import type { TableFacts } from '../../src/postgres/tables/table-facts.ts'
import type { DataModel } from '../../src/prisma/data-model.ts'
import type { Cell } from '../../src/seed/cell.ts'
import { loadLocale } from '../../src/seed/locale/load-locale.ts'
import { tableKey } from '../../src/seed/plan/table-key.ts'
import type { ReviewedClassification, ReviewedColumn } from '../../src/mask/classification/classification.ts'
import { allColumns } from '../../src/mask/classification/database-columns.ts'
import { reviewClassification } from '../../src/mask/classification/review-classification.ts'
import { compileMasks, type CompileOptions } from '../../src/mask/compile-masks.ts'
import { MaskKey } from '../../src/mask/key.ts'
import type { TableMask } from '../../src/mask/row-mask.ts'

/** A key for tests; another number is another key. */
export function testKey(number = 1): MaskKey {
  return new MaskKey(Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + number * 101) % 256))
}

/** Every proposal accepted, but for what a test says of some columns. */
export function acceptAll(
  tables: readonly TableFacts[],
  model: DataModel | undefined,
  edits: Readonly<Record<string, Partial<ReviewedColumn>>> = {},
): ReviewedClassification {
  const columns = allColumns(model ?? { models: [], enums: [] }, tables, 'public')
  const { classification } = reviewClassification(columns, undefined)
  const accepted = Object.entries(classification.tables).map(([table, own]) => [
    table,
    Object.fromEntries(
      Object.entries(own).map(([name, column]) => [name, { ...column, ...edits[`${table}.${name}`], accepted: true }]),
    ),
  ])
  return { tables: Object.fromEntries(accepted) as ReviewedClassification['tables'] }
}

/** The rows of a database, masked and as they were. */
export interface MaskedTable {
  readonly mask: TableMask
  readonly facts: TableFacts
  readonly before: readonly (readonly Cell[])[]
  readonly after: readonly (readonly Cell[])[]
}

/** Masks all rows of a small database in memory. */
export async function maskDatabase(
  source: DatabaseUrl,
  options: Partial<CompileOptions> & { readonly edits?: Parameters<typeof acceptAll>[2] } = {},
): Promise<readonly MaskedTable[]> {
  const locale = options.locale ?? (await loadLocale('en'))
  return withConnection(source, async (connection) => {
    const tables = await readTables(connection)
    const classification = options.classification ?? acceptAll(tables, options.model, options.edits)
    const rows = new Map<string, readonly (readonly Cell[])[]>()
    const counts = new Map<string, number>()
    for (const table of tables) {
      const count = `SELECT count(*) FROM ${quoteQualified(table.schema, table.name)}`
      const { rows: counted } = await connection.query<{ count: string }>(count)
      counts.set(tableKey(table), Number(counted[0]?.count))
    }
    const masks = await compileMasks({ tables, counts }, { key: testKey(), ...options, locale, classification })
    const all: MaskedTable[] = []
    for (const mask of masks) {
      const facts = tables.find((table) => table.schema === mask.schema && table.name === mask.table)
      if (facts === undefined) continue
      const list = mask.columns.map(({ column }) => `${quoteIdentifier(column)}::text`).join(', ')
      const from = mask.readFrom === undefined ? quoteQualified(mask.schema, mask.table) : `${mask.readFrom} AS source`
      const read = await connection.query<(string | null)[]>({ text: `SELECT ${list} FROM ${from}`, rowMode: 'array' })
      rows.set(tableKey(facts), read.rows)
      all.push({ mask, facts, before: read.rows, after: read.rows.map((row) => maskedRow(mask, row)) })
    }
    return all
  })
}

function maskedRow(mask: TableMask, row: readonly Cell[]): readonly Cell[] {
  const masked = mask.maskRow(row)
  mask.own?.refuse(row, masked)
  return masked
}

/** Puts masked rows into a database with the same tables; its constraints judge them all. */
export async function loadMasked(target: DatabaseUrl, tables: readonly MaskedTable[]): Promise<void> {
  await withConnection(target, async (connection) => {
    await connection.query('BEGIN')
    // Foreign keys are checked behind it all; everything else row by row.
    const { rows: keys } = await connection.query<{ sql: string; again: string }>(
      `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql,
              format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS again
         FROM pg_constraint WHERE contype = 'f' AND conparentid = 0`,
    )
    for (const { sql } of keys) await connection.query(sql)
    const names = tables.map(({ mask }) => quoteQualified(mask.schema, mask.table))
    await connection.query(`TRUNCATE ${names.join(', ')}`)
    for (const { mask, after } of tables) {
      const name = quoteQualified(mask.schema, mask.table)
      await connection.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`)
      if (after.length === 0) continue
      const columns = mask.columns.map(({ column }) => quoteIdentifier(column)).join(', ')
      for (let start = 0; start < after.length; start += 200) {
        const part = after.slice(start, start + 200)
        const values = part.map((row) => `(${row.map(literal).join(', ')})`).join(', ')
        await connection.query(`INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE VALUES ${values}`)
      }
    }
    for (const { again } of keys) await connection.query(again)
    await connection.query('COMMIT')
  })
}

function literal(cell: Cell): string {
  return cell === null ? 'NULL' : `E'${cell.replace(/\\/gu, '\\\\').replace(/'/gu, "''")}'`
}
