import type { DataModel, FieldInfo, ModelInfo } from './data-model.ts'

/** The table of an implicit many-to-many relation: Prisma makes it, no model stands for it. */
export interface JoinTable {
  readonly table: string
  readonly schema: string | undefined
  /** The models to which its columns "A" and "B" point, and the fields of these models. */
  readonly a: JoinEnd
  readonly b: JoinEnd
  /** False where the table's name is made of the models' names. */
  readonly isNamed: boolean
}

/** One side of a many-to-many relation. */
export interface JoinEnd {
  readonly model: ModelInfo
  readonly field: string
}

/** The implicit many-to-many relations of a schema. Column "A" belongs to the one whose name comes first. */
export function readJoinTables({ models }: DataModel): readonly JoinTable[] {
  return models.flatMap((model) =>
    model.fields.flatMap((field) => {
      const other = models.find(({ name }) => name === field.type)
      const opposite = other === undefined || !field.isList ? undefined : findOpposite(model, field, other)
      if (other === undefined || opposite === undefined) return []
      const isFirst = model === other ? field.name < opposite.name : model.name < other.name
      return isFirst ? [joinTable({ model, field: field.name }, { model: other, field: opposite.name }, field)] : []
    }),
  )
}

function findOpposite(model: ModelInfo, field: FieldInfo, other: ModelInfo): FieldInfo | undefined {
  return other.fields.find(
    (candidate) =>
      candidate !== field &&
      candidate.isList &&
      candidate.type === model.name &&
      candidate.relationName === field.relationName,
  )
}

function joinTable(a: JoinEnd, b: JoinEnd, { relationName }: FieldInfo): JoinTable {
  return { table: `_${relationName ?? `${a.model.name}To${b.model.name}`}`, schema: a.model.schema, a, b, isNamed: relationName !== undefined }
}
