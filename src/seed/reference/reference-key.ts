import type { FieldInfo, ModelInfo } from '../../prisma/data-model.ts'
import type { TableFacts, UniqueFacts } from '../../postgres/tables/table-facts.ts'

/** The columns of each unique set of plain columns that counts for every row; the primary key comes first. */
export function plainUniques(table: TableFacts): readonly (readonly string[])[] {
  const all = [table.primaryKey, ...table.uniques].filter((unique): unique is UniqueFacts => unique !== undefined)
  return all.flatMap(({ keys, predicate }) => {
    const columns = keys.flatMap((key) => ('column' in key ? [key.column] : []))
    return predicate === undefined && columns.length === keys.length ? [columns] : []
  })
}

/** The columns that a declared name fills: its own, or those in which a relation keeps the other side's key. */
export function filledColumns(model: ModelInfo, field: FieldInfo): readonly string[] {
  if (field.column !== undefined) return [field.column]
  return field.relationFields.flatMap((name) => model.fields.find((one) => one.name === name)?.column ?? [])
}

/** The first unique set whose columns are all filled. */
export function chooseKey(table: TableFacts, filled: ReadonlySet<string>): readonly string[] | undefined {
  return plainUniques(table).find((columns) => columns.every((column) => filled.has(column)))
}

/** How another model's rows are named where they have no reference data: by what is not given by the database. */
export function naturalKey(table: TableFacts): readonly string[] | undefined {
  const isGiven = (name: string): boolean => {
    const column = table.columns.find((one) => one.name === name)
    return column === undefined || column.default !== undefined || column.identity !== undefined
  }
  const uniques = plainUniques(table)
  return uniques.find((columns) => !columns.some(isGiven)) ?? uniques[0]
}
