import { join } from 'node:path'
import type { StructureFacts } from '../../postgres/catalog/structure-facts.ts'
import type { Connection } from '../../postgres/connect.ts'
import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import { runScript } from '../../postgres/statements/run-script.ts'
import type { Migration } from '../../history/read-history.ts'
import { planRollback } from '../rollback/plan-rollback.ts'
import { renderRollback } from '../rollback/render-rollback.ts'
import type { PlannedRollback } from '../rollback/rollback.ts'
import type { StandingPlace } from './standing.ts'
import { writeNewFile } from './write-new-file.ts'

/** What became of one migration. */
export interface AdoptedMigration {
  readonly name: string
  /** `kept`: it had a rollback; `incomplete`: written, and its head says why it does not bring everything back. */
  readonly down: 'written' | 'kept' | 'incomplete'
  readonly reasons: readonly string[]
}

interface Adopting {
  readonly connection: Connection
  readonly schema: string
  readonly migration: Migration
  readonly standing: StandingPlace
  readonly facts: () => Promise<StructureFacts>
}

/**
 * Applies a migration in the rehearsal and writes its rollback, tried in a transaction that is not kept.
 * @throws STATEMENT_SYNTAX, STATEMENT_FAILED where the migration does not run
 */
export async function adoptMigration(adopting: Adopting): Promise<AdoptedMigration> {
  const { connection, schema, migration, standing, facts } = adopting
  const { name, sql } = migration
  const file = join(migration.directory, 'migration.sql')
  if (migration.down !== undefined) {
    await runScript(connection, sql, file)
    standing.move()
    return { name, down: 'kept', reasons: [] }
  }
  const before = { catalog: await standing.catalog(), identities: await standing.identities(), facts }
  const up = await parseStatements(sql, file)
  await runScript(connection, sql, file)
  standing.move()
  const catalog = await standing.catalog()
  const planned = await withoutTrace(connection, () => planRollback(connection, { before, up, schema, catalog }))
  const { statements, incomplete } = planned
  await writeNewFile(join(migration.directory, 'down.sql'), renderRollback({ migration: name, statements, incomplete }))
  return { name, down: incomplete.length === 0 ? 'written' : 'incomplete', reasons: incomplete }
}

async function withoutTrace(connection: Connection, plan: () => Promise<PlannedRollback>): Promise<PlannedRollback> {
  await connection.query('BEGIN')
  try {
    return await plan()
  } finally {
    await connection.query('ROLLBACK')
  }
}
