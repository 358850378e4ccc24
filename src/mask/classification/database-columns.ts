import type { DataModel } from '../../prisma/data-model.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { nameTables } from '../../seed/plan/name-tables.ts'
import { targetKey } from '../../seed/plan/table-key.ts'
import { type SchemaColumn, schemaColumns } from './schema-columns.ts'

/**
 * The columns of a schema, in its order, and behind them those that only the database has; generated columns are left
 * out, nobody writes them.
 * @param schema where tables are of models without `@@schema`
 */
export function allColumns(model: DataModel, tables: readonly TableFacts[], schema: string): readonly SchemaColumn[] {
  const own = schemaColumns(model)
  const known = new Set(own.map(({ table, field }) => `${table}.${field}`))
  const named = nameTables(tables, model, schema)
  const names = new Map(named.map(({ key, name }) => [key, name]))
  const more = named.toSorted((one, other) => (one.name < other.name ? -1 : 1)).flatMap((table) =>
    table.facts.columns.flatMap((column): readonly SchemaColumn[] => {
      const field = table.fields.get(column.name)?.name ?? column.name
      if (known.has(`${table.name}.${field}`) || column.generated !== undefined) return []
      const link = table.facts.foreignKeys.find(({ columns }) => columns.includes(column.name))
      const target = link === undefined ? undefined : targetKey(link)
      return [
        {
          table: table.name,
          field,
          column: { name: column.name, kind: column.kind, baseType: column.baseType },
          documentation: undefined,
          beside: table.facts.columns.map(({ name }) => name),
          pointsAt: target === undefined ? undefined : (names.get(target) ?? target),
        },
      ]
    }),
  )
  const generated = new Set(
    named.flatMap(({ name, fields, facts }) =>
      facts.columns.filter((column) => column.generated !== undefined).map((column) => `${name}.${fields.get(column.name)?.name ?? column.name}`),
    ),
  )
  return [...own.filter(({ table, field }) => !generated.has(`${table}.${field}`)), ...more]
}
