import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { DataModel, FieldInfo, ModelInfo } from '../../prisma/data-model.ts'
import type { PlannedField } from './seed-plan.ts'
import { tableKey } from './table-key.ts'

/** A table and what the Prisma schema calls it. */
export interface NamedTable {
  readonly key: string
  readonly facts: TableFacts
  readonly model: string | undefined
  /** The model's name, else the key. */
  readonly name: string
  readonly fields: ReadonlyMap<string, PlannedField>
}

/** @param schema where tables are of models without `@@schema` */
export function nameTables(
  tables: readonly TableFacts[],
  model: DataModel | undefined,
  schema: string,
): readonly NamedTable[] {
  const models = new Map<string, ModelInfo>()
  for (const one of model?.models ?? []) models.set(tableKey({ schema: one.schema ?? schema, name: one.table }), one)
  return tables.map((facts) => {
    const key = tableKey(facts)
    const known = models.get(key)
    return { key, facts, model: known?.name, name: known?.name ?? key, fields: fieldsOf(known) }
  })
}

function fieldsOf(model: ModelInfo | undefined): ReadonlyMap<string, PlannedField> {
  const fields = model?.fields ?? []
  return new Map(fields.flatMap((field) => (field.column === undefined ? [] : [[field.column, fieldOf(field)]])))
}

function fieldOf({ name, defaultText, isUpdatedAt, documentation }: FieldInfo): PlannedField {
  return {
    name,
    ...(defaultText === undefined ? {} : { defaultText }),
    ...(isUpdatedAt ? { isUpdatedAt } : {}),
    ...(documentation === undefined ? {} : { documentation }),
  }
}
