import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import { sqlstate, sqlstateOf } from '../../postgres/sqlstate.ts'
import { qualifiedName } from '../rows/table-shape.ts'
import type { UndoTable } from './undo-table.ts'

/** What stays silent while rows are restored, as far as the role may say so. */
export interface Silence {
  /** Neither triggers nor foreign keys act: rows may come and go in any order. */
  readonly isWhole: boolean
  /** Lets everything act again that did before. */
  end(): Promise<void>
}

/**
 * A superuser, or a role that was granted it, silences everything for its transaction, and locks nothing by that. An
 * owner can still switch the triggers of his tables off, which keeps others from writing to them until the commit;
 * foreign keys act then, and constraints wait for the end where they can. Anybody else restores with all of it acting.
 */
export async function silence(work: Connection, tables: readonly UndoTable[]): Promise<Silence> {
  if (await isAllowed(work, () => work.query('SET LOCAL session_replication_role = replica'))) {
    return { isWhole: true, end: () => Promise.resolve() }
  }
  const triggers = await readTriggers(work, tables)
  const areOff = await isAllowed(work, async () => {
    for (const trigger of triggers) await work.query(switchSql('DISABLE', trigger))
  })
  // Whatever acts now finds its tables as it always does.
  await work.query('SET CONSTRAINTS ALL DEFERRED; SET LOCAL search_path TO DEFAULT')
  return {
    isWhole: false,
    end: async () => {
      for (const trigger of areOff ? triggers : []) {
        await work.query(switchSql(trigger.isAlways ? 'ENABLE ALWAYS' : 'ENABLE', trigger))
      }
    },
  }
}

interface Trigger {
  readonly table: string
  readonly name: string
  readonly isAlways: boolean
}

/** The triggers of some tables that fire: not those that make foreign keys work. */
async function readTriggers(work: Connection, tables: readonly UndoTable[]): Promise<readonly Trigger[]> {
  const { rows } = await work.query<{ oid: string; name: string; isAlways: boolean }>(
    `SELECT tgrelid::text AS oid, tgname::text AS name, tgenabled = 'A' AS "isAlways" FROM pg_trigger
      WHERE tgrelid = ANY ($1::oid[]) AND NOT tgisinternal AND tgenabled IN ('O', 'A') ORDER BY tgrelid, tgname`,
    [tables.map(({ shape }) => shape.oid)],
  )
  return rows.flatMap(({ oid, name, isAlways }) => {
    const own = tables.find(({ shape }) => shape.oid === oid)
    return own === undefined ? [] : [{ table: qualifiedName(own.shape), name, isAlways }]
  })
}

function switchSql(how: 'DISABLE' | 'ENABLE' | 'ENABLE ALWAYS', { table, name }: Trigger): string {
  return `ALTER TABLE ONLY ${table} ${how} TRIGGER ${quoteIdentifier(name)}`
}

/** False where the role may not, with the transaction as it was. */
async function isAllowed(work: Connection, act: () => Promise<unknown>): Promise<boolean> {
  await work.query('SAVEPOINT tide_silence')
  try {
    await act()
    return true
  } catch (error) {
    if (sqlstateOf(error) !== sqlstate.insufficientPrivilege) throw error
    await work.query('ROLLBACK TO tide_silence')
    return false
  }
}
