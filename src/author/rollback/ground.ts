import type { Connection } from '../../postgres/connect.ts'
import { runScript } from '../../postgres/statements/run-script.ts'
import { sendScript } from '../../postgres/statements/send-script.ts'

/** Where a migration and its way back are tried. */
export interface Ground {
  readonly connection: Connection
  /** Runs the migration's whole script. */
  run(sql: string, file: string): Promise<void>
  /** Work whose result stays where `keep` says so, and else is taken back. */
  attempt<Result>(work: () => Promise<Result>, keep: (result: Result) => boolean): Promise<Result>
}

/** A rehearsal of its own: everything is committed, as on any server. */
export function committingGround(connection: Connection): Ground {
  return {
    connection,
    run: (sql, file) => runScript(connection, sql, file),
    attempt: async (work, keep) => {
      await connection.query('BEGIN')
      const result = await work()
      await connection.query(keep(result) ? 'COMMIT' : 'ROLLBACK')
      return result
    },
  }
}

/** Within one open transaction, which the caller takes back in the end. Only for a script of one commit group. */
export function borrowedGround(connection: Connection): Ground {
  return {
    connection,
    run: async (sql) => {
      const { error } = await sendScript(connection, sql)
      if (error !== undefined) throw error as Error
    },
    attempt: async (work, keep) => {
      await connection.query('SAVEPOINT tide_way_back')
      const result = await work()
      await connection.query(`${keep(result) ? '' : 'ROLLBACK TO SAVEPOINT tide_way_back; '}RELEASE SAVEPOINT tide_way_back`)
      return result
    },
  }
}
