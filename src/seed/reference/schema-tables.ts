import { nearestName } from '../../errors/nearest-name.ts'
import type { DataModel, FieldInfo, ModelInfo } from '../../prisma/data-model.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { tablesMissing } from '../errors.ts'
import { tableKey } from '../plan/table-key.ts'

/** The models of the schema beside the tables of the database that they stand for. */
export interface SchemaTables {
  readonly data: DataModel
  /** By model name; views and models whose table is missing are not in it. */
  readonly tables: ReadonlyMap<string, TableFacts>
}

/** @param defaultSchema where models without `@@schema` live: the URL's `?schema=` */
export function matchTables(data: DataModel, tables: readonly TableFacts[], defaultSchema: string): SchemaTables {
  const byName = new Map(tables.map((table) => [tableKey(table), table]))
  const matched = data.models.flatMap((model): readonly (readonly [string, TableFacts])[] => {
    const key = tableKey({ schema: model.schema ?? defaultSchema, name: model.table })
    const table = model.isView ? undefined : byName.get(key)
    return table === undefined ? [] : [[model.name, table]]
  })
  return { data, tables: new Map(matched) }
}

/** The model with this name, and the nearest other name where there is none. */
export function findModel(
  { data }: SchemaTables,
  name: string,
): { readonly model: ModelInfo | undefined; readonly nearest: string | undefined } {
  const model = data.models.find((one) => one.name === name)
  return { model, nearest: nearestName(name, data.models.map((one) => one.name)) }
}

/**
 * The table of a model.
 * @throws SEED_TABLES_MISSING where the history that makes it was not applied
 */
export function tableOf({ tables }: SchemaTables, model: ModelInfo): TableFacts {
  const table = tables.get(model.name)
  if (table === undefined) throw tablesMissing([model.name])
  return table
}

/** The column that holds a field. */
export function columnOf(table: TableFacts, field: FieldInfo): ColumnFacts | undefined {
  return table.columns.find(({ name }) => name === field.column)
}
