import { randomUUID } from 'node:crypto'
import { nearestName } from '../../errors/nearest-name.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'
import { type DataModel, type FieldInfo, type ModelInfo, readDataModel } from '../../prisma/data-model.ts'
import type { Project } from '../../project/open-project.ts'
import { toDeclared } from '../reference/read-module.ts'
import { toCell } from '../reference/to-cell.ts'
import type { AnyModels } from './define-generators.ts'
import { ruleFieldUnknown, ruleModelUnknown, ruleValue, traitUnknown } from './errors.ts'
import { identifierOf } from './persona-id.ts'

/** Whatever runs SQL with parameters: a client or a pool client of `pg`, inside a transaction or not. */
export interface SqlClient {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

/** How rows of one model are made: what every row has, and what it has besides under a name. */
export interface FactoryDefinition<Row> {
  /** @param index counts the rows of this factory, from 0 */
  readonly make: (index: number) => Partial<Row>
  readonly traits?: Readonly<Record<string, Partial<Row>>>
}

/** Makes rows of one model for a test. */
export interface Factory<Row> {
  /** The fields of the next row; the database is not asked. Later words win: `make`, traits in order, overrides. */
  build(overrides?: Partial<Row>, ...traits: readonly string[]): Partial<Row>
  /** Inserts the next row and gives it as the database has it, by field name. */
  create(client: SqlClient, overrides?: Partial<Row>, ...traits: readonly string[]): Promise<Row>
}

/** The definitions of some models, by name. */
export type FactoryDefinitions<Models> = { readonly [Model in keyof Models]?: FactoryDefinition<Models[Model]> }

/**
 * Factories for tests, by model. What Prisma's client would make (`cuid()`, `uuid()`, `@updatedAt`, …) is made; what
 * the database makes, it makes.
 * @throws SEED_RULE_MODEL_UNKNOWN, and by `create` SEED_RULE_FIELD_UNKNOWN, SEED_RULE_VALUE
 *
 * @example
 * const project = await openProject({ directory: '.', variables: process.env })
 * const factories = createFactories<Models>(project, {
 *   User: { make: (index) => ({ email: `u${index}@example.com` }), traits: { german: { locale: 'de' } } },
 * })
 * const user = await factories.User.create(client, { fullName: 'Bo' }, 'german')
 */
export function createFactories<Models = AnyModels, Names extends keyof Models = keyof Models>(
  project: Pick<Project, 'schema'> & { readonly database: Project['database'] },
  definitions: FactoryDefinitions<Pick<Models, Names>>,
): { readonly [Model in Names]: Factory<Models[Model]> } {
  const data = readDataModel(project.schema.files)
  const schema = project.database.kind === 'url' ? project.database.url.schema : 'public'
  const known = data.models.map(({ name }) => name)
  const entries = Object.entries(definitions as Readonly<Record<string, FactoryDefinition<object>>>)
  const factories = entries.map(([name, definition]) => {
    const model = data.models.find((one) => one.name === name)
    if (model === undefined) throw ruleModelUnknown(where, name, nearestName(name, known))
    return [name, createFactory(data, model, model.schema ?? schema, definition)]
  })
  // Each name has the factory of its own definition.
  return Object.fromEntries(factories) as { readonly [Model in Names]: Factory<Models[Model]> }
}

const where = 'a factory'

function createFactory<Row extends object>(
  data: DataModel,
  model: ModelInfo,
  schema: string,
  { make, traits = {} }: FactoryDefinition<Row>,
): Factory<Row> {
  let next = 0
  const build: Factory<Row>['build'] = (overrides = {}, ...names) => {
    const unknown = names.find((name) => !Object.hasOwn(traits, name))
    if (unknown !== undefined) {
      const known = Object.keys(traits)
      throw traitUnknown(model.name, unknown, nearestName(unknown, known), known)
    }
    return Object.assign({}, make(next++), ...names.map((name) => traits[name]), overrides) as Partial<Row>
  }
  return {
    build,
    create: async (client, overrides, ...names) => {
      const { columns, values, cells } = insertParts(data, model, build(overrides, ...names))
      const all = model.fields.flatMap(({ name, column }) => (column === undefined ? [] : [{ name, column }]))
      const returned = all.map(({ name, column }) => `${quoteIdentifier(column)} AS ${quoteIdentifier(name)}`).join(', ')
      const target = quoteQualified(schema, model.table)
      const given = columns.length === 0 ? 'DEFAULT VALUES' : `(${columns.join(', ')}) VALUES (${values.join(', ')})`
      const { rows } = await client.query(`INSERT INTO ${target} ${given} RETURNING ${returned}`, cells)
      return withSchemaLabels(data, model, rows[0] as Row)
    },
  }
}

/** Values of enums are called in the database what `@map` says, and by the schema's name everywhere else. */
function withSchemaLabels<Row extends object>(data: DataModel, model: ModelInfo, row: Row): Row {
  const renamed = model.fields.flatMap((field): readonly (readonly [string, string])[] => {
    const labels = data.enums.find(({ name }) => name === field.type)?.values
    const value: unknown = Reflect.get(row, field.name)
    const label = labels?.find(({ databaseName }) => databaseName === value)
    return label === undefined ? [] : [[field.name, label.name]]
  })
  return { ...row, ...Object.fromEntries<string>(renamed) }
}

function insertParts(data: DataModel, model: ModelInfo, row: object) {
  const columns: string[] = []
  const values: string[] = []
  const cells: unknown[] = []
  for (const [name, value] of Object.entries(row).filter(([, one]) => one !== undefined)) {
    const field = model.fields.find((one) => one.name === name)
    if (field?.column === undefined) {
      const known = model.fields.filter((one) => one.column !== undefined).map((one) => one.name)
      throw ruleFieldUnknown(where, model.name, name, nearestName(name, known))
    }
    columns.push(quoteIdentifier(field.column))
    cells.push(cellOf(data, model, field, value))
    values.push(`$${cells.length}`)
  }
  for (const field of model.fields) {
    const made = Object.hasOwn(row, field.name) || field.column === undefined ? undefined : clientDefault(model, field)
    if (made === undefined) continue
    columns.push(quoteIdentifier(field.column ?? ''))
    if (made.sql !== undefined) values.push(made.sql)
    else values.push(`$${cells.push(made.cell)}`)
  }
  return { columns, values, cells }
}

function cellOf(data: DataModel, model: ModelInfo, field: FieldInfo, value: unknown): string | null {
  const type = { arrayDimensions: field.isList ? 1 : 0, baseType: field.type === 'Json' ? 'jsonb' : field.type }
  const cell = toCell(toDeclared(value), type, data.enums.find(({ name }) => name === field.type))
  if (cell === undefined) throw ruleValue(where, `${model.name}.${field.name}`, field.type)
  return cell
}

function clientDefault(
  model: ModelInfo,
  field: FieldInfo,
): { readonly sql?: string; readonly cell?: string } | undefined {
  if (field.isUpdatedAt) return { sql: 'CURRENT_TIMESTAMP' }
  const cell = identifierOf(model, randomUUID(), 0, field, { baseType: '' })
  return cell === undefined ? undefined : { cell }
}
