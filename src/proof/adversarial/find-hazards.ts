import type { Statement } from '../../postgres/statements/statement.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Hazard } from './hazard.ts'
import { hazardKinds } from './kinds.ts'
import { openScene } from './scene.ts'
import { stepsOf } from './step.ts'
import { findSql } from './sql.ts'

/**
 * The rows that may break a migration, by what its statements demand of the rows that are there. Each is told once.
 * @param tables as they are before the migration
 * @param schema where names without a schema are looked for
 */
export async function findHazards(
  statements: readonly Statement[],
  tables: readonly TableFacts[],
  schema: string,
): Promise<readonly Hazard[]> {
  const scene = openScene(tables, schema)
  const found = new Map<string, Hazard>()
  for (const statement of statements) {
    for (const step of await stepsOf(statement)) {
      for (const hazard of hazardKinds.flatMap((kind) => kind.find(step, scene))) {
        const key = `${hazard.kind} ${findSql(hazard)}`
        if (!found.has(key)) found.set(key, hazard)
      }
    }
    scene.pass(statement)
  }
  return [...found.values()]
}
