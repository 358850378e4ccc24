import type { Connection } from '../../postgres/connect.ts'
import type { SeedResult } from '../seed-result.ts'

/** In a kept result and nowhere else: what the run told that made it. */
const table = 'tide.kept_result'

/** Writes what a run told into the copy that is kept of it. */
export async function writeResult(connection: Connection, result: SeedResult): Promise<void> {
  await connection.query(`CREATE TABLE ${table} (result json NOT NULL)`)
  await connection.query(`INSERT INTO ${table} VALUES ($1)`, [JSON.stringify(result)])
}

/** Reads it and takes it out of a copy that will be used; undefined where it is empty. */
export async function takeResult(connection: Connection): Promise<SeedResult | undefined> {
  const { rows } = await connection.query<{ result: SeedResult }>(`SELECT result FROM ${table}`)
  await connection.query(`DROP TABLE ${table}`)
  return rows[0]?.result
}
