import { readSchemaBlocks, type SchemaBlock } from './schema-blocks.ts'
import { argumentOf, logicalLines, readAttributes } from './schema-attributes.ts'
import { documentationAbove, readDocumentation } from './schema-documentation.ts'
import type { SchemaFile } from './schema-text.ts'

/** What a schema calls its things, and what the database calls them. */
export interface DataModel {
  readonly models: readonly ModelInfo[]
  readonly enums: readonly EnumInfo[]
}

/** A model of the schema. */
export interface ModelInfo {
  readonly name: string
  readonly table: string
  /** From `@@schema`; undefined where the connection's schema holds it. */
  readonly schema: string | undefined
  readonly isView: boolean
  readonly fields: readonly FieldInfo[]
  /** The `///` comments above it, a line each; left out where there are none. */
  readonly documentation?: string
}

/** A field with a column, or a relation field, which has none (`column` is undefined). */
export interface FieldInfo {
  readonly name: string
  readonly column: string | undefined
  /** The name of a scalar, an enum or a model. */
  readonly type: string
  readonly isList: boolean
  readonly isRequired: boolean
  /** The text within `@default(…)`. */
  readonly defaultText: string | undefined
  readonly isUpdatedAt: boolean
  /** The `///` comments above it and behind it, a line each; left out where there are none. */
  readonly documentation?: string
  /** Of `@db.VarChar(20)`: `VarChar`; left out where the type is Prisma's own. */
  readonly nativeType?: string
  /** The name in `@relation("…")`, where a relation has one. */
  readonly relationName: string | undefined
  /** The fields in `@relation(fields: […])`, which hold the key of the other side; empty for every other field. */
  readonly relationFields: readonly string[]
  /** The fields of the other side that they point at, in `references: […]`; left out where there are none. */
  readonly relationReferences?: readonly string[]
}

/** An enum of the schema. */
export interface EnumInfo {
  readonly name: string
  readonly databaseName: string
  readonly schema: string | undefined
  readonly values: readonly { readonly name: string; readonly databaseName: string }[]
}

/**
 * Reads names, columns and types from a schema that the engine has accepted; it judges nothing.
 * Prisma's own data model (DMMF) also builds the client's whole query schema, which takes
 * 0.9 s on a schema of 70 models; this takes a few milliseconds.
 * @param like a schema that was read already: of an edit, most models need not be read a second time
 */
export function readDataModel(files: readonly SchemaFile[], like?: ReadSchema): DataModel {
  const blocks = blocksOf(files)
  const enums = blocks.filter(({ block }) => block.keyword === 'enum')
  const models = blocks.filter(isModel)
  const modelNames = new Set(models.map(({ block }) => block.name))
  const known = like === undefined ? new Map<string, ModelInfo>() : knownModels(like, modelNames)
  return {
    models: models.map(({ block, text }) => known.get(textOf(block, text)) ?? readModel(block, text, modelNames)),
    enums: enums.map(({ block, text }) => readEnum(block, text)),
  }
}

/** A schema and what was read of it. */
export interface ReadSchema {
  readonly files: readonly SchemaFile[]
  readonly model: DataModel
}

/** By their text. It means the same only where the same names are models: every other type is a column's. */
function knownModels({ files, model }: ReadSchema, modelNames: ReadonlySet<string>): ReadonlyMap<string, ModelInfo> {
  const isSame = model.models.length === modelNames.size && model.models.every(({ name }) => modelNames.has(name))
  if (!isSame) return new Map()
  const texts = blocksOf(files).filter(isModel).map(({ block, text }) => textOf(block, text))
  return new Map(model.models.map((one, place) => [texts[place] ?? '', one]))
}

interface PlacedBlock {
  readonly block: SchemaBlock
  /** The file's. */
  readonly text: string
}

function blocksOf(files: readonly SchemaFile[]): readonly PlacedBlock[] {
  return files.flatMap((file) => readSchemaBlocks(file.text).map((block) => ({ block, text: file.text })))
}

function isModel({ block }: PlacedBlock): boolean {
  return block.keyword === 'model' || block.keyword === 'view'
}

function textOf(block: SchemaBlock, text: string): string {
  return text.slice(block.start, block.end)
}

function readModel(block: SchemaBlock, text: string, modelNames: ReadonlySet<string>): ModelInfo {
  const lines = bodyLines(block, text)
  const settings = lines.filter((line) => line.startsWith('@@')).flatMap(readAttributes)
  const documented = readDocumentation(textOf(block, text))
  const documentation = documentationAbove(text, block.start)
  return {
    name: block.name,
    table: stringArgument(settings, '@@map') ?? block.name,
    schema: stringArgument(settings, '@@schema'),
    isView: block.keyword === 'view',
    fields: lines.filter((line) => !line.startsWith('@')).flatMap((line) => readField(line, modelNames, documented)),
    ...(documentation === undefined ? {} : { documentation }),
  }
}

const fieldLine = /^([\p{L}\p{N}_]+)\s+(Unsupported\s*\([^)]*\)|[\p{L}\p{N}_]+)\s*(\[\]|\?)?/u

function readField(
  line: string,
  modelNames: ReadonlySet<string>,
  documented: ReadonlyMap<string, string>,
): readonly FieldInfo[] {
  const match = fieldLine.exec(line)
  if (match === null) return []
  const [head, name = '', type = '', arity] = match
  const attributes = readAttributes(line.slice(head.length))
  const documentation = documented.get(name)
  return [
    {
      name,
      column: modelNames.has(type) ? undefined : (stringArgument(attributes, '@map') ?? name),
      type,
      isList: arity === '[]',
      isRequired: arity === undefined,
      defaultText: attributes.find((attribute) => attribute.name === '@default')?.argumentText,
      isUpdatedAt: attributes.some((attribute) => attribute.name === '@updatedAt'),
      ...(documentation === undefined ? {} : { documentation }),
      ...nativeTypeOf(attributes),
      relationName: stringArgument(attributes, '@relation'),
      relationFields: namesIn(attributes, '@relation', 'fields'),
      ...referencesOf(attributes),
    },
  ]
}

function referencesOf(attributes: ReturnType<typeof readAttributes>): Pick<FieldInfo, 'relationReferences'> {
  const relationReferences = namesIn(attributes, '@relation', 'references')
  return relationReferences.length === 0 ? {} : { relationReferences }
}

function nativeTypeOf(attributes: ReturnType<typeof readAttributes>): { readonly nativeType?: string } {
  // The name before the dot is the datasource's: mostly `db`.
  const native = attributes.find(({ name }) => /^@\w+\.\w+$/u.test(name))
  return native === undefined ? {} : { nativeType: native.name.slice(native.name.indexOf('.') + 1) }
}

function readEnum(block: SchemaBlock, text: string): EnumInfo {
  const lines = bodyLines(block, text)
  const settings = lines.filter((line) => line.startsWith('@@')).flatMap(readAttributes)
  const values = lines.filter((line) => !line.startsWith('@'))
  return {
    name: block.name,
    databaseName: stringArgument(settings, '@@map') ?? block.name,
    schema: stringArgument(settings, '@@schema'),
    values: values.map((line) => {
      const name = /^[^\s@]+/.exec(line)?.[0] ?? line
      return { name, databaseName: stringArgument(readAttributes(line.slice(name.length)), '@map') ?? name }
    }),
  }
}

function bodyLines(block: SchemaBlock, text: string): readonly string[] {
  const body = textOf(block, text)
  return logicalLines(body.slice(body.indexOf('{') + 1, body.lastIndexOf('}')))
}

/** The string of `@map("x")`, `@@map(name: "x")`, `@@schema("x")`, `@relation("x", fields: […])`. */
function stringArgument(attributes: ReturnType<typeof readAttributes>, name: string): string | undefined {
  const attribute = attributes.find((candidate) => candidate.name === name)
  return attribute === undefined ? undefined : argumentOf(attribute.argumentText, 'name')
}

/** The names of `fields: [a, b]` in an attribute. */
function namesIn(attributes: ReturnType<typeof readAttributes>, name: string, argument: string): readonly string[] {
  const text = attributes.find((candidate) => candidate.name === name)?.argumentText ?? ''
  // Most fields are no relation, and an expression is dear to make.
  if (text === '') return []
  const list = new RegExp(`\\b${argument}\\s*:\\s*\\[([^\\]]*)\\]`).exec(text)?.[1] ?? ''
  return list.match(/[\p{L}\p{N}_]+/gu) ?? []
}
