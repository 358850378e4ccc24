import type { ColumnDef, Constraint, CreateStmt, IndexStmt, Node, RangeVar } from 'libpg-query'
import { constrainedColumns } from './constrained-columns.ts'

/** What a table that the migration makes asks of the rows that it puts there. */
export interface MadeTable {
  readonly columns: readonly string[]
  /** The columns of its unique keys that have no predicate. */
  readonly keys: readonly (readonly string[])[]
  readonly notNull: readonly string[]
  /** By which it has its partitions; undefined where it has none, or finds them by an expression. */
  readonly partitionKey: readonly string[] | undefined
}

/** A table as its CREATE TABLE says. */
export function madeTable({ tableElts = [], constraints = [], partspec }: CreateStmt): MadeTable {
  const columns = tableElts.flatMap((one) => ('ColumnDef' in one ? [one.ColumnDef] : []))
  const own = [...tableElts, ...constraints].flatMap((one) => ('Constraint' in one ? [one.Constraint] : []))
  const keyed = columns.filter((column) => constraintsOf(column).some(isKey)).map(nameOf)
  const required = columns.filter((column) => constraintsOf(column).some(isNotNull)).map(nameOf)
  const primary = own.filter(({ contype }) => contype === 'CONSTR_PRIMARY').flatMap(constrainedColumns)
  const parts = partspec?.partParams ?? []
  const partitionKey = parts.flatMap((one) => ('PartitionElem' in one ? (one.PartitionElem.name ?? []) : []))
  return {
    columns: columns.map(nameOf),
    keys: [...keyed.map((name) => [name]), ...own.filter(isKey).map(constrainedColumns)],
    notNull: [...new Set([...required, ...primary])],
    partitionKey: parts.length > 0 && partitionKey.length === parts.length ? partitionKey : undefined,
  }
}

/** The key that a statement gives a table, as far as it is one of columns: of the table that it names. */
export function addedKeys(node: Node): readonly { readonly table: RangeVar; readonly columns: readonly string[] }[] {
  if ('IndexStmt' in node) {
    const { relation } = node.IndexStmt
    const columns = indexColumns(node.IndexStmt)
    return relation === undefined || columns === undefined ? [] : [{ table: relation, columns }]
  }
  if (!('AlterTableStmt' in node)) return []
  const { relation, cmds = [] } = node.AlterTableStmt
  return cmds.flatMap((command) => {
    const def = 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined
    if (relation === undefined || def === undefined || !('Constraint' in def) || !isKey(def.Constraint)) return []
    const columns = constrainedColumns(def.Constraint)
    return columns.length === 0 ? [] : [{ table: relation, columns }]
  })
}

function indexColumns({ unique, whereClause, indexParams = [] }: IndexStmt): readonly string[] | undefined {
  const names = indexParams.flatMap((one) => ('IndexElem' in one ? (one.IndexElem.name ?? []) : []))
  return unique === true && whereClause === undefined && names.length === indexParams.length ? names : undefined
}

function constraintsOf({ constraints = [] }: ColumnDef): readonly Constraint[] {
  return constraints.flatMap((one) => ('Constraint' in one ? [one.Constraint] : []))
}

function isKey({ contype }: Constraint): boolean {
  return contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_UNIQUE'
}

function isNotNull({ contype }: Constraint): boolean {
  return contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_NOTNULL'
}

function nameOf({ colname }: ColumnDef): string {
  return colname ?? ''
}
