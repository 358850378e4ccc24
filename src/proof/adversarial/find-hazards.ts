import type { Statement } from '../../postgres/statements/statement.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Hazard } from './hazard.ts'
import { hazardKinds } from './kinds.ts'
import { openScene } from './scene.ts'
import { type Step, stepsOf } from './step.ts'
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
  const unchecked = new Map<string, Step>()
  for (const statement of statements) {
    for (const told of await stepsOf(statement)) {
      const step = demandOf(told, unchecked)
      for (const hazard of hazardKinds.flatMap((kind) => kind.find(step, scene))) {
        const key = `${hazard.kind} ${findSql(hazard)}`
        if (!found.has(key)) found.set(key, hazard)
      }
    }
    scene.pass(statement)
  }
  return [...found.values()]
}

/**
 * VALIDATE CONSTRAINT demands what the constraint says, which was added NOT VALID further up.
 * @param unchecked such constraints, by table and name
 */
function demandOf(step: Step, unchecked: Map<string, Step>): Step {
  const keyOf = (name: string): string => ('table' in step ? JSON.stringify([step.table.schemaname, step.table.relname, name]) : '')
  if (step.kind === 'add-constraint' && step.constraint.skip_validation === true) {
    const constraint = { ...step.constraint, skip_validation: false }
    unchecked.set(keyOf(constraint.conname ?? ''), { ...step, constraint })
  }
  const added = step.kind === 'validate' ? unchecked.get(keyOf(step.name)) : undefined
  return added === undefined ? step : { ...added, line: step.line }
}
