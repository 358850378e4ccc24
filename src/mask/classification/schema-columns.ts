import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { DataModel, FieldInfo, ModelInfo } from '../../prisma/data-model.ts'

/** A column as far as the Prisma schema knows it: enough to classify it without a database. */
export interface SchemaColumn {
  /** The model's name, else `schema.table`. */
  readonly table: string
  /** The field's name, else the column's. */
  readonly field: string
  readonly column: Pick<ColumnFacts, 'name' | 'kind' | 'baseType'>
  readonly documentation: string | undefined
  /** `User.id`, where it holds the key of another model. */
  readonly pointsAt: string | undefined
  /** The names of the table's columns: what it says together. */
  readonly beside: readonly string[]
}

/** All columns of the models of a schema, views left out, in the schema's order. */
export function schemaColumns({ models, enums }: DataModel): readonly SchemaColumn[] {
  const labels = new Set(enums.map(({ name }) => name))
  return models.filter(({ isView }) => !isView).flatMap((model) => columnsOf(model, labels))
}

function columnsOf(model: ModelInfo, enums: ReadonlySet<string>): readonly SchemaColumn[] {
  const beside = model.fields.flatMap(({ name, column }) => (column === undefined ? [] : [name]))
  const relations = model.fields.filter(({ relationFields }) => relationFields.length > 0)
  return model.fields.flatMap((field): readonly SchemaColumn[] => {
    if (field.column === undefined) return []
    const relation = relations.find(({ relationFields }) => relationFields.includes(field.name))
    return [
      {
        table: model.name,
        field: field.name,
        column: { name: field.column, ...typeOf(field, enums) },
        documentation: field.documentation,
        pointsAt: relation?.type,
        beside,
      },
    ]
  })
}

function typeOf({ type, nativeType }: FieldInfo, enums: ReadonlySet<string>): Pick<ColumnFacts, 'kind' | 'baseType'> {
  if (enums.has(type)) return { kind: 'enum', baseType: type }
  const native = nativeTypes[nativeType ?? '']
  if (native !== undefined) return { kind: 'scalar', baseType: native }
  const unsupported = /^Unsupported\s*\(\s*"([\w ]+)/u.exec(type)?.[1]
  if (unsupported !== undefined) {
    const isRange = unsupported.endsWith('range')
    return { kind: isRange ? 'range' : 'scalar', baseType: unsupported.trim() }
  }
  return { kind: 'scalar', baseType: prismaTypes[type] ?? 'text' }
}

const prismaTypes: Readonly<Record<string, string>> = {
  String: 'text', Int: 'int4', BigInt: 'int8', Float: 'float8', Decimal: 'numeric', Boolean: 'bool', DateTime: 'timestamp',
  Json: 'jsonb', Bytes: 'bytea',
}

const nativeTypes: Readonly<Record<string, string>> = {
  Uuid: 'uuid', Inet: 'inet', Citext: 'citext', Date: 'date', Time: 'time', Timetz: 'timetz', Timestamptz: 'timestamptz',
  Xml: 'xml', Money: 'money', VarChar: 'varchar', Char: 'bpchar', SmallInt: 'int2', Bit: 'bit', VarBit: 'varbit', Oid: 'oid',
}
