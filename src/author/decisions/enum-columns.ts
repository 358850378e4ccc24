import { readTypeName, readColumnType } from '../column-types.ts'
import { type EnumColumn, isSameObject, type ObjectName, type Operation, type OperationOf } from '../script/operation.ts'
import { asWritten, inSchema, type StartColumn, type StartFacts } from '../start-facts.ts'

/**
 * The replacement of an enum with every column that has it. The engine names those of the schema; one that goes
 * in the same migration, or that the schema never knew, would hold the old type back.
 */
export function withAllColumns(
  operation: OperationOf<'replace-enum'>,
  operations: readonly Operation[],
  facts: StartFacts,
): OperationOf<'replace-enum'> {
  const type = inSchema(facts, operation.type)
  const others = facts.tables.flatMap((table) => {
    const name = asWritten(facts, table)
    return table.columns
      .filter((column) => isSameObject(inSchema(facts, readTypeName(column.type)), type))
      .filter((column) => !operation.columns.some((own) => own.column === column.name && isTable(own, name, facts)))
      .map((column): EnumColumn => enumColumn(name, column, operation, goes(name, column.name, operations)))
  })
  return others.length === 0 ? operation : { ...operation, columns: [...operation.columns, ...others] }
}

function enumColumn(
  table: ObjectName,
  { name, type, defaultText }: StartColumn,
  { values }: OperationOf<'replace-enum'>,
  isGoing: boolean,
): EnumColumn {
  const label = /^'((?:[^']|'')*)'/.exec(defaultText ?? '')?.[1]?.replaceAll("''", "'")
  const stays = !isGoing && label !== undefined && values.includes(label)
  return {
    table,
    column: name,
    isList: readColumnType(type).isList,
    dropsDefault: defaultText !== null,
    defaultText: stays ? (defaultText ?? undefined) : undefined,
    using: undefined,
  }
}

function goes(table: ObjectName, column: string, operations: readonly Operation[]): boolean {
  return operations.some((operation) => {
    if (operation.kind !== 'drop-table' && operation.kind !== 'alter-table') return false
    if (!isSameObject(operation.table, table)) return false
    if (operation.kind === 'drop-table') return true
    return operation.clauses.some((clause) => clause.kind === 'drop-column' && clause.column === column)
  })
}

function isTable({ table }: EnumColumn, name: ObjectName, facts: StartFacts): boolean {
  return isSameObject(inSchema(facts, table), inSchema(facts, name))
}
