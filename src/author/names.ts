import type { DataModel, EnumInfo, ModelInfo } from '../prisma/data-model.ts'
import type { ObjectName } from './script/operation.ts'

/**
 * What Prisma calls the things of the database. The first name of each list is the one shown;
 * the others are accepted in an answer too: the name in the schema, the name in the schema as it
 * was at the last migration, the name in the database.
 */
export interface Names {
  models(table: ObjectName): readonly string[]
  fields(table: ObjectName, column: string): readonly string[]
  enums(type: ObjectName): readonly string[]
  values(type: ObjectName, label: string): readonly string[]
  /** `Model.field` as an answer may call a column that is there: by what it was called, never by what it becomes. */
  oldFields(table: ObjectName, column: string): readonly string[]
  /** `Enum.VALUE` as an answer may call a value that is there. */
  oldValues(type: ObjectName, label: string): readonly string[]
  /** The column that a field of the schema as it is now has. */
  column(table: ObjectName): (field: string) => string | undefined
  /** What a value of the schema as it is now is called in the database. */
  label(type: ObjectName): (value: string) => string | undefined
}

/** Names of objects that were renamed on the way: what an object is called now, and what it was called. */
export interface RenamedObject {
  readonly now: ObjectName
  readonly before: ObjectName
}

/**
 * @param after the schema as it is now
 * @param before the schema as it was at the last migration, where that is known
 * @param defaultSchema where unqualified names live
 */
export function createNames(
  after: DataModel,
  before: DataModel | undefined,
  defaultSchema: string,
  renamed: readonly RenamedObject[] = [],
): Names {
  const keyOf = (schema: string | undefined, name: string): string => JSON.stringify([schema ?? defaultSchema, name])
  const keyOfName = (name: ObjectName): string => keyOf(name.schema, name.name)
  const namesBefore = groupBy(renamed, (pair) => keyOfName(pair.now), (pair) => pair.before)
  const versions = before === undefined ? [after] : [after, before]
  const modelKey = (info: ModelInfo): string => keyOf(info.schema, info.table)
  const enumKey = (info: EnumInfo): string => keyOf(info.schema, info.databaseName)
  const modelsByName = groupBy(versions.flatMap((model) => model.models), modelKey, (info) => info)
  const enumsByName = groupBy(versions.flatMap((model) => model.enums), enumKey, (info) => info)
  const lives = (name: ObjectName): readonly ObjectName[] => [name, ...(namesBefore.get(keyOfName(name)) ?? [])]
  const modelsOf = (table: ObjectName): readonly ModelInfo[] =>
    lives(table).flatMap((name) => modelsByName.get(keyOfName(name)) ?? [])
  const enumsOf = (type: ObjectName): readonly EnumInfo[] =>
    lives(type).flatMap((name) => enumsByName.get(keyOfName(name)) ?? [])
  const pairsOf = (left: readonly string[], right: readonly string[]): readonly string[] => unique(pairUp(left, right))
  const models = (table: ObjectName): readonly string[] =>
    unique([...modelsOf(table).map((model) => model.name), ...lives(table).map(({ name }) => name)])
  const enums = (type: ObjectName): readonly string[] =>
    unique([...enumsOf(type).map((info) => info.name), ...lives(type).map(({ name }) => name)])
  const infosBefore = new Set<ModelInfo | EnumInfo>([...(before?.models ?? []), ...(before?.enums ?? [])])
  const isBefore = (info: ModelInfo | EnumInfo): boolean => before === undefined || infosBefore.has(info)
  return {
    models,
    fields: (table, column) =>
      unique([
        ...modelsOf(table).flatMap((model) =>
          model.fields.filter((field) => field.column === column).map((field) => field.name),
        ),
        column,
      ]),
    enums,
    values: (type, label) =>
      unique([
        ...enumsOf(type).flatMap((info) =>
          info.values.filter((value) => value.databaseName === label).map((value) => value.name),
        ),
        label,
      ]),
    oldFields: (table, column) => {
      const fields = modelsOf(table).filter(isBefore).flatMap((model) => model.fields)
      const own = fields.filter((field) => field.column === column).map(({ name }) => name)
      return pairsOf(models(table), [...own, column])
    },
    oldValues: (type, label) => {
      const values = enumsOf(type).filter(isBefore).flatMap((info) => info.values)
      const own = values.filter((value) => value.databaseName === label).map(({ name }) => name)
      return pairsOf(enums(type), [...own, label])
    },
    column: (table) => (name) =>
      after.models
        .find((model) => modelKey(model) === keyOfName(table))
        ?.fields.find((field) => field.name === name)?.column,
    label: (type) => (name) =>
      after.enums
        .find((info) => enumKey(info) === keyOfName(type))
        ?.values.find((value) => value.name === name)?.databaseName,
  }
}

/** `Model.field` as it is shown. */
export function fieldSubject(names: Names, table: ObjectName, column: string): string {
  return `${names.models(table)[0] ?? table.name}.${names.fields(table, column)[0] ?? column}`
}

/** All ways to write `Model.field` in an answer. */
export function fieldSubjects(names: Names, table: ObjectName, column: string): readonly string[] {
  return pairUp(names.models(table), names.fields(table, column))
}

/** `Enum.VALUE` as it is shown. */
export function valueSubject(names: Names, type: ObjectName, label: string): string {
  return `${names.enums(type)[0] ?? type.name}.${names.values(type, label)[0] ?? label}`
}

/** All ways to write `Enum.VALUE` in an answer. */
export function valueSubjects(names: Names, type: ObjectName, label: string): readonly string[] {
  return pairUp(names.enums(type), names.values(type, label))
}

function groupBy<Item, Value>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  valueOf: (item: Item) => Value,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [valueOf(item)])
    else group.push(valueOf(item))
  }
  return groups
}

function pairUp(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.flatMap((first) => right.map((second) => `${first}.${second}`))
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}
