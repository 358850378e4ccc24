import type { RangeVar } from 'libpg-query'
import { statementWithOtherNames } from '../../author/renames/with-other-names.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Hazard } from './hazard.ts'
import { hazardKinds } from './kinds.ts'
import { openScene, type Scene } from './scene.ts'
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
  const unchecked = new Map<string, readonly Hazard[]>()
  for (const statement of statements) {
    for (const step of await stepsOf(statement, await inOldNames(statement, scene))) {
      const added = hazardsOf(step, scene, unchecked)
      for (const hazard of added) {
        const key = `${hazard.kind} ${findSql(hazard)}`
        if (!found.has(key)) found.set(key, hazard)
      }
    }
    scene.pass(statement)
  }
  return [...found.values()]
}

/** A statement in the names from before the migration, which its conditions are asked in. */
async function inOldNames({ node, text }: Statement, scene: Scene): Promise<string> {
  const names = scene.oldNames()
  if (names === undefined) return text
  const [only] = Object.values(node) as readonly { readonly relation?: RangeVar }[]
  return statementWithOtherNames(text, only?.relation, names)
}

/**
 * VALIDATE CONSTRAINT demands what the constraint says, which was added NOT VALID further up.
 * @param unchecked what such constraints will demand, by table and name
 */
function hazardsOf(step: Step, scene: Scene, unchecked: Map<string, readonly Hazard[]>): readonly Hazard[] {
  const find = (one: Step): readonly Hazard[] => hazardKinds.flatMap((kind) => kind.find(one, scene))
  const table = 'table' in step ? scene.table(step.table) : undefined
  const keyOf = (name: string): string => JSON.stringify([table?.schema, table?.name, name])
  if (step.kind === 'add-constraint' && step.constraint.skip_validation === true) {
    const constraint = { ...step.constraint, skip_validation: false }
    unchecked.set(keyOf(constraint.conname ?? ''), find({ ...step, constraint }))
  }
  const added = step.kind === 'validate' ? unchecked.get(keyOf(step.name)) : undefined
  return added === undefined ? find(step) : added.map((hazard) => ({ ...hazard, line: step.line }))
}
