import { nearestName } from '../../errors/nearest-name.ts'
import type { FixtureRelation } from '../../project/config.ts'
import type { DataModel } from '../../prisma/data-model.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { NamedTable } from '../../seed/plan/name-tables.ts'
import { tableKey, targetKey } from '../../seed/plan/table-key.ts'
import { relationInvalid } from './errors.ts'
import type { Relation } from './relation.ts'

/**
 * All that points from one table to another: foreign keys, and what the project declares besides.
 * @throws FIXTURE_RELATION_INVALID
 */
export function listRelations(
  tables: readonly NamedTable[],
  declared: readonly FixtureRelation[],
  model?: DataModel,
): readonly Relation[] {
  const facts = new Map<string, TableFacts>(tables.map((table) => [table.key, table.facts]))
  const keys = tables.flatMap(({ facts: child }) =>
    child.foreignKeys.flatMap((foreignKey): readonly Relation[] => {
      const parent = facts.get(targetKey(foreignKey))
      if (parent === undefined) return []
      const { name, columns, target } = foreignKey
      return [
        {
          name: `${tableKey(child)} ${name}`,
          child,
          columns,
          parent,
          parentColumns: target.columns,
          when: undefined,
        },
      ]
    }),
  )
  const isStated = (one: Relation): boolean =>
    keys.some(
      ({ child, parent, columns }) =>
        child === one.child && parent === one.parent && columns.join('\0') === one.columns.join('\0'),
    )
  const modelled = modelRelations(tables, model).filter((one) => !isStated(one))
  return [...keys, ...modelled, ...declared.map((one) => declaredRelation(tables, one))]
}

/** With `relationMode = "prisma"` the schema alone says what points where. */
function modelRelations(tables: readonly NamedTable[], model: DataModel | undefined): readonly Relation[] {
  const tableOf = new Map(tables.map((table) => [table.model, table]))
  return (model?.models ?? []).flatMap(({ name, fields }) =>
    fields.flatMap(({ name: field, type, relationFields, relationReferences = [] }): readonly Relation[] => {
      const [child, parent] = [tableOf.get(name), tableOf.get(type)]
      if (child === undefined || parent === undefined || relationFields.length === 0) return []
      const columns = relationFields.flatMap((one) => columnOf(child, one) ?? [])
      const parentColumns = relationReferences.flatMap((one) => columnOf(parent, one) ?? [])
      if (columns.length !== relationFields.length || parentColumns.length !== columns.length) return []
      return [
        {
          name: `${name}.${field}`,
          child: child.facts,
          columns,
          parent: parent.facts,
          parentColumns,
          when: undefined,
        },
      ]
    }),
  )
}

function columnOf({ fields, facts }: NamedTable, field: string): string | undefined {
  const column = [...fields].find(([, planned]) => planned.name === field)?.[0]
  return facts.columns.some(({ name }) => name === column) ? column : undefined
}

function declaredRelation(tables: readonly NamedTable[], { from, to, when }: FixtureRelation): Relation {
  const wrong = (problem: string): Error => relationInvalid(from, to, problem)
  const [child, parent] = [findColumn(tables, from, wrong), findColumn(tables, to, wrong)]
  return {
    name: `${from} -> ${to}${when === undefined ? '' : ` (${when})`}`,
    child: child.table,
    columns: [child.column],
    parent: parent.table,
    parentColumns: [parent.column],
    when,
  }
}

/** `Model.field`, `table.column` or `schema.table.column`. */
function findColumn(
  tables: readonly NamedTable[],
  text: string,
  wrong: (problem: string) => Error,
): { readonly table: TableFacts; readonly column: string } {
  const dot = text.lastIndexOf('.')
  const [name, field] = [text.slice(0, dot), text.slice(dot + 1)]
  const table = findTable(tables, name)
  if (table === undefined) {
    const nearest = nearestName(
      name,
      tables.map((one) => one.name),
    )
    throw wrong(`there is no model or table ${name}${nearest === undefined ? '' : `: did you mean ${nearest}?`}`)
  }
  const column = [...table.fields].find(([, planned]) => planned.name === field)?.[0] ?? field
  if (!table.facts.columns.some((one) => one.name === column)) throw wrong(`${name} has no field or column ${field}`)
  return { table: table.facts, column }
}

/** A table by the name of its model, by its own, or with its schema. */
export function findTable(tables: readonly NamedTable[], name: string): NamedTable | undefined {
  return (
    tables.find((one) => one.model === name) ?? tables.find(({ key, facts }) => key === name || facts.name === name)
  )
}
