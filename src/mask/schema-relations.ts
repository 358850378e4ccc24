import type { DataModel, ModelInfo } from '../prisma/data-model.ts'
import type { VirtualRelation } from './link-columns.ts'

/** The relations of a Prisma schema column by column: with `relationMode = "prisma"` no foreign key states them. */
export function schemaRelations({ models }: DataModel, schema: string): readonly VirtualRelation[] {
  return models.flatMap((model) =>
    model.fields.flatMap(({ type, relationFields, relationReferences = [] }) => {
      const target = models.find(({ name }) => name === type)
      if (target === undefined) return []
      return relationFields.flatMap((field, at) => {
        const from = columnOf(model, field)
        const to = columnOf(target, relationReferences[at] ?? '')
        if (from === undefined || to === undefined) return []
        return [
          {
            from: { schema: model.schema ?? schema, table: model.table, column: from },
            to: { schema: target.schema ?? schema, table: target.table, column: to },
          },
        ]
      })
    }),
  )
}

function columnOf({ fields }: ModelInfo, field: string): string | undefined {
  return fields.find(({ name }) => name === field)?.column
}
