import { modelMissing } from '../errors.ts'
import type { RowsAccess } from '../engine/change-batch.ts'
import type { LoadedRowsStep } from '../step/load-step.ts'
import type { StepContexts } from './step-context.ts'
import { nearestName } from '../../errors/nearest-name.ts'
import type { SchemaFile } from '../../prisma/schema-text.ts'
import { type DataModel, type ModelInfo, readDataModel } from '../../prisma/data-model.ts'

/** The model of a step over rows, and how its rows are read. */
export interface ModelAccess extends RowsAccess {
  /** As the database calls it, with its schema where the model names one. */
  readonly table: string
  /** The columns of the key that the step names. */
  readonly key: readonly string[] | undefined
  /** The column of a field. */
  readonly columnOf: (field: string) => string
}

/**
 * Finds the model of a step in the schema beside it.
 * @throws DATA_MODEL_MISSING
 */
export function accessModel(step: LoadedRowsStep, schema: SchemaFile, contexts: StepContexts): ModelAccess {
  const data = readDataModel([schema])
  const model = data.models.find(({ name }) => name === step.model)
  if (model === undefined) {
    throw modelMissing(step.migration, step.model, nearestName(step.model, data.models.map(({ name }) => name)))
  }
  const columnOf = (field: string): string => model.fields.find(({ name }) => name === field)?.column ?? field
  return {
    table: model.schema === undefined ? model.table : `${model.schema}.${model.table}`,
    key: step.key?.map(columnOf),
    columnOf,
    fields: model.fields.flatMap(({ name, column, type }) =>
      column === undefined || type.startsWith('Unsupported') ? [] : [{ column, field: name }],
    ),
    context: contexts,
    read: async ({ client }, sql) => {
      const rows = await (client as RawClient).$queryRawUnsafe(sql)
      return rows.map((row) => withSchemaLabels(data, model, row))
    },
  }
}

interface RawClient {
  $queryRawUnsafe(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** Values of enums are called in the database what `@map` says, and by the schema's name everywhere else. */
function withSchemaLabels(data: DataModel, model: ModelInfo, row: Readonly<Record<string, unknown>>): object {
  const renamed = model.fields.flatMap((field): readonly (readonly [string, unknown])[] => {
    const labels = data.enums.find(({ name }) => name === field.type)?.values
    if (labels === undefined || labels.every((label) => label.name === label.databaseName)) return []
    const nameOf = (value: unknown): unknown => labels.find(({ databaseName }) => databaseName === value)?.name ?? value
    const value = row[field.name]
    return [[field.name, Array.isArray(value) ? value.map(nameOf) : nameOf(value)]]
  })
  return renamed.length === 0 ? row : { ...row, ...Object.fromEntries(renamed) }
}
