import type { Connection } from '../postgres/connect.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { lockRecords } from './lock-records.ts'
import { generatorVersion } from './random/generator-version.ts'
import type { SeedResult } from './seed-result.ts'

/** Every run that was finished, with what it did. */
const historyTable = 'tide.seed_history'

/** Writes down a run; a dry run leaves nothing. */
export async function recordRun(connection: Connection, result: SeedResult, seed: string, now: number): Promise<void> {
  const { rows: found } = await connection.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('${historyTable}')
       AND attname = 'generator_version') AS found`,
  )
  if (found[0]?.found !== true) {
    await inTransaction(connection, async () => {
      await lockRecords(connection)
      for (const statement of create) await connection.query(statement)
    })
  }
  const { environment, changedByHand, ms } = result
  const models = result.models.map(({ notes: _, ms: _ms, ...counts }) => counts)
  await connection.query(
    `INSERT INTO ${historyTable} (environment, seed, generator_version, clock, models, changed_by_hand, ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [environment, seed, generatorVersion, new Date(now), JSON.stringify(models), changedByHand.length, ms],
  )
}

const create: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS tide',
  `CREATE TABLE IF NOT EXISTS ${historyTable} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    environment text NOT NULL,
    seed text NOT NULL,
    clock timestamptz NOT NULL,
    models jsonb NOT NULL,
    changed_by_hand int NOT NULL,
    ms int NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT now(),
    finished_by text NOT NULL DEFAULT current_user
  )`,
  // Of an earlier Tide's table it is not known.
  `ALTER TABLE ${historyTable} ADD COLUMN IF NOT EXISTS generator_version int`,
]
