import type { DataModel } from '../../src/prisma/data-model.ts'
import type { PersonRename } from './person-renames.ts'

/** A rename that a schema edit shows: the old name went, the new one came. */
export interface VisibleRename {
  /** What a question about it may call it: `Model.old`, with the model's name before or after. */
  readonly subjects: readonly string[]
  /** The new name in the schema. */
  readonly answer: string
}

/** Of the renames a person wrote, those that show in the schema before and after. */
export function visibleRenames(
  renames: readonly PersonRename[],
  before: DataModel,
  after: DataModel,
): readonly VisibleRename[] {
  return renames.flatMap((rename) => visible(rename, before, after) ?? [])
}

function visible(rename: PersonRename, before: DataModel, after: DataModel): VisibleRename | undefined {
  switch (rename.kind) {
    case 'table':
      return renamed(tables(before), tables(after), rename.from, rename.to, [''])
    case 'type':
      return renamed(types(before), types(after), rename.from, rename.to, [''])
    case 'column': {
      const old = before.models.find((model) => model.table === rename.ownerBefore)
      const now = after.models.find((model) => model.table === rename.ownerAfter)
      if (old === undefined || now === undefined) return undefined
      return renamed(columns(old), columns(now), rename.from, rename.to, [`${old.name}.`, `${now.name}.`])
    }
    case 'value': {
      const old = before.enums.find((one) => one.databaseName === rename.ownerBefore)
      const now = after.enums.find((one) => one.databaseName === rename.ownerAfter)
      if (old === undefined || now === undefined) return undefined
      return renamed(values(old), values(now), rename.from, rename.to, [`${old.name}.`, `${now.name}.`])
    }
  }
}

/** By database name: the schema's name. */
type Names = ReadonlyMap<string, string>

function renamed(
  before: Names,
  after: Names,
  from: string,
  to: string,
  prefixes: readonly string[],
): VisibleRename | undefined {
  const old = before.get(from)
  const answer = after.get(to)
  if (old === undefined || answer === undefined || after.has(from) || before.has(to)) return undefined
  return { subjects: [...new Set(prefixes.map((prefix) => `${prefix}${old}`))], answer }
}

function tables(model: DataModel): Names {
  return new Map(model.models.map((one) => [one.table, one.name]))
}

function types(model: DataModel): Names {
  return new Map(model.enums.map((one) => [one.databaseName, one.name]))
}

function columns(model: DataModel['models'][number]): Names {
  return new Map(model.fields.flatMap((field) => (field.column === undefined ? [] : [[field.column, field.name]])))
}

function values(one: DataModel['enums'][number]): Names {
  return new Map(one.values.map((value) => [value.databaseName, value.name]))
}
