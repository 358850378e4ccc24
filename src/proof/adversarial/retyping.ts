import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Hazard } from './hazard.ts'
import type { Scene } from './scene.ts'
import type { Step } from './step.ts'
import { type TargetType, targetType } from './target-type.ts'
import { objectName } from './sql.ts'

/** A column that gets another type. */
export interface Retyping {
  readonly table: TableFacts
  readonly column: ColumnFacts
  readonly type: TargetType
}

/** The column, where the step gives another type to one that was there before. */
export function retypingOf(step: Step, scene: Scene): Retyping | undefined {
  if (step.kind !== 'change-type' || step.type.typeName === undefined) return undefined
  const table = scene.table(step.table)
  const column = scene.column(step.table, step.column)
  if (table === undefined || column === undefined || column.generated !== undefined) return undefined
  return { table, column, type: targetType(step.type.typeName) }
}

/** What all hazards of such a column have in common. */
export function hazardOfRetyping(
  { table, column }: Retyping,
  step: Step,
  rest: Pick<Hazard, 'kind' | 'rows' | 'condition' | 'attempts'> & Partial<Pick<Hazard, 'mend'>>,
): Hazard {
  return { object: objectName(table, column.name), table, line: step.line, ...rest }
}

/** Texts of any kind, alone or of an array. */
export function isText({ baseType }: Pick<ColumnFacts, 'baseType'>): boolean {
  return /^(text|varchar|bpchar|citext|name)$/.test(baseType)
}
