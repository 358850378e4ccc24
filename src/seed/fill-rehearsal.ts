import { isFailure } from '../errors/failure.ts'
import type { Connection } from '../postgres/connect.ts'
import { readServerError } from '../postgres/server-error.ts'
import { sendScript } from '../postgres/statements/send-script.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import type { TableFacts } from '../postgres/tables/table-facts.ts'
import { patchTable } from './deliver/patch-table.ts'
import { sequenceStatements } from './deliver/set-sequences.ts'
import { loadLocale } from './locale/load-locale.ts'
import type { SeedPlan, TablePlan } from './plan/seed-plan.ts'
import { insertStatement } from './rehearse/insert-script.ts'
import { knowTables, planRehearsal } from './rehearse/plan-rehearsal.ts'
import { createRowMakers } from './rows/row-makers.ts'

/** How a rehearsal is filled. */
export interface FillRehearsalInput {
  /** Rows of each table. */
  readonly rows: number
  readonly seed: string
  /** Milliseconds since 1970 that count as now. */
  readonly now: number
}

/** What stands in a rehearsal that was filled. */
export interface FilledRehearsal {
  /** Every table, also those that got no rows. */
  readonly tables: readonly TableFacts[]
  /** Why tables got no rows, by `schema.table`; those in which rows stood before are not among them. */
  readonly skipped: ReadonlyMap<string, string>
}

/**
 * Puts a few synthetic rows into every empty table, from the catalog alone, within the caller's transaction and in few
 * round trips. Tables with rows are left as they are and serve as parents; a table that cannot be filled stays empty.
 * The same rows on every machine. Writes no record.
 */
export async function fillRehearsal(connection: Connection, input: FillRehearsalInput): Promise<FilledRehearsal> {
  const facts = await readTables(connection)
  const locale = await loadLocale('en')
  let known = await knowTables(connection, facts, input.now)
  for (;;) {
    const { plan, skipped } = await planRehearsal(connection, known, { ...input, locale })
    await connection.query('SAVEPOINT tide_fill')
    const refused = await insertAll(connection, plan, locale)
    if (refused === undefined) {
      await connection.query('RELEASE SAVEPOINT tide_fill')
      return { tables: facts, skipped }
    }
    await connection.query('ROLLBACK TO SAVEPOINT tide_fill; RELEASE SAVEPOINT tide_fill')
    known = { ...known, skipped: new Map([...known.skipped, [refused.table, refused.reason]]) }
  }
}

interface Refused {
  readonly table: string
  readonly reason: string
}

/** Undefined where all rows went in. */
async function insertAll(
  connection: Connection,
  plan: SeedPlan,
  locale: Parameters<typeof createRowMakers>[1]['locale'],
): Promise<Refused | undefined> {
  const makers = createRowMakers(plan, { locale })
  const statements: { readonly table: TablePlan; readonly sql: string }[] = []
  for (const table of plan.tables) {
    try {
      statements.push({ table, sql: await insertStatement(connection, table, makers.table(table.key)) })
    } catch (error) {
      if (!isFailure(error)) throw error
      return { table: table.key, reason: error.details.message }
    }
  }
  const isDeferred = plan.groups.some((group) => group.isDeferred)
  const opening = isDeferred ? ['SET CONSTRAINTS ALL DEFERRED'] : []
  const script = [...opening, ...statements.map(({ sql }) => sql)].join(';\n')
  const { error, completed } = await sendScript(connection, script)
  if (error !== undefined) {
    const table = statements[completed - opening.length]?.table
    if (table === undefined) throw error as Error
    return { table: table.key, reason: readServerError(error).message }
  }
  for (const table of plan.tables) {
    if (table.relations.some(({ isPatched }) => isPatched)) await patchTable(connection, table, makers.table(table.key))
  }
  const closing = [...plan.tables.flatMap(sequenceStatements), 'SET CONSTRAINTS ALL IMMEDIATE']
  await connection.query(closing.join(';\n'))
  return undefined
}
