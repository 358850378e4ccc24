import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { quoteQualified } from '../../src/postgres/quote.ts'
import type { WholeFixDefinition } from '../../src/fix/define-fix.ts'
import { type Fix, type FixRunOptions, type FixRunResult, runFix } from '../../src/fix/run-fix.ts'
import { undoFix, type UndoOptions, type UndoResult } from '../../src/fix/undo-fix.ts'

/** A fix without a file. */
export function fixOf(run: WholeFixDefinition['run'], name = 'repair'): Fix {
  return { name, file: `scripts/fixes/${name}.ts`, hash: 'cafe', definition: { description: 'repairs', run } }
}

/** A fix that runs some statements. */
export function sqlFix(statements: readonly string[], name?: string): Fix {
  return fixOf(async (tx) => {
    for (const statement of statements) await tx.query(statement)
  }, name)
}

type Given = Fix | readonly string[]

type Settings = Partial<Omit<FixRunOptions, 'fix' | 'database'>>

/** Rehearses a fix of some statements, or another one. */
export function rehearse(database: DatabaseUrl, fix: Given, settings: Settings = {}): Promise<FixRunResult> {
  return runFix({ database, fix: 'name' in fix ? fix : sqlFix(fix), apply: false, ...settings })
}

/** Applies it, and gives the number of its run. */
export async function apply(database: DatabaseUrl, fix: Given, settings: Settings = {}): Promise<string> {
  const { undo = '' } = await rehearse(database, fix, { apply: true, ...settings })
  return undo
}

/** Undoes a run. */
export function undo(database: DatabaseUrl, run: string, settings: Partial<UndoOptions> = {}): Promise<UndoResult> {
  return undoFix({ database, run, ...settings })
}

/** Runs SQL as it stands, and gives the rows of its last statement. */
export function sql(database: DatabaseUrl, text: string): Promise<readonly object[]> {
  return withConnection(database, async (connection) => {
    const results = [await connection.query<object>(text)].flat()
    return results.at(-1)?.rows ?? []
  })
}

/** Every row of every table of the user's, as the bytes that PostgreSQL sends for it. */
export function allBytes(database: DatabaseUrl): Promise<Readonly<Record<string, readonly string[]>>> {
  return withConnection(database, async (connection) => {
    const { rows: tables } = await connection.query<{ schema: string; name: string }>(
      `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema|tide)' ORDER BY 1, 2`,
    )
    const bytes: Record<string, readonly string[]> = {}
    for (const { schema, name } of tables) {
      const { rows } = await connection.query<{ row: string }>(
        `SELECT md5(record_send(t)) || ' ' || left(t::text, 60) AS row FROM ONLY ${quoteQualified(schema, name)} AS t ORDER BY 1`,
      )
      bytes[`${schema}.${name}`] = rows.map(({ row }) => row)
    }
    return bytes
  })
}

/** `table inserted/updated/deleted` of each table. */
export function countsOf({ tables }: FixRunResult): readonly string[] {
  return tables.map(({ table, inserted, updated, deleted }) => `${table} ${inserted}/${updated}/${deleted}`)
}
