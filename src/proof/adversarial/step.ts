import type {
  AlterDomainStmt,
  AlterTableCmd,
  ColumnDef,
  Constraint,
  DeleteStmt,
  IndexStmt,
  InsertStmt,
  PartitionBoundSpec,
  RangeVar,
  UpdateStmt,
} from 'libpg-query'
import type { Statement } from '../../postgres/statements/statement.ts'
import { statementParts, type StatementParts } from '../../postgres/statements/statement-parts.ts'

/** What a statement asks of the rows that are there, cut to one demand each. */
export type Step = { readonly line: number; readonly parts: StatementParts } & (
  | { readonly kind: 'set-not-null'; readonly table: RangeVar; readonly column: string }
  | { readonly kind: 'add-column'; readonly table: RangeVar; readonly column: ColumnDef }
  | { readonly kind: 'change-type'; readonly table: RangeVar; readonly column: string; readonly type: ColumnDef }
  | { readonly kind: 'add-constraint'; readonly table: RangeVar; readonly constraint: Constraint }
  | { readonly kind: 'validate'; readonly table: RangeVar; readonly name: string }
  | { readonly kind: 'create-index'; readonly table: RangeVar; readonly index: IndexStmt }
  | { readonly kind: 'alter-domain'; readonly domain: AlterDomainStmt }
  | { readonly kind: 'delete'; readonly table: RangeVar; readonly deletion: DeleteStmt }
  | { readonly kind: 'insert'; readonly table: RangeVar; readonly insert: InsertStmt }
  | { readonly kind: 'add-partition'; readonly table: RangeVar; readonly partition: Partition }
  | { readonly kind: 'update'; readonly table: RangeVar; readonly update: UpdateStmt }
)

/** A table that becomes a partition, or is made as one. */
export interface Partition {
  readonly bound: PartitionBoundSpec
  /** Undefined where it is made. */
  readonly attached: RangeVar | undefined
}

/**
 * The steps of a statement; none where it asks nothing of rows.
 * @param text the statement as its parts are to be cut, where not as it is written
 */
export async function stepsOf(statement: Statement, text = statement.text): Promise<readonly Step[]> {
  const { node, line } = statement
  if ('IndexStmt' in node) {
    const { relation } = node.IndexStmt
    if (relation === undefined) return []
    return [{ kind: 'create-index', line, parts: await statementParts(text), table: relation, index: node.IndexStmt }]
  }
  if ('AlterDomainStmt' in node) {
    return [{ kind: 'alter-domain', line, parts: await statementParts(text), domain: node.AlterDomainStmt }]
  }
  if ('InsertStmt' in node) {
    const { relation } = node.InsertStmt
    if (relation === undefined) return []
    return [{ kind: 'insert', line, parts: await statementParts(text), table: relation, insert: node.InsertStmt }]
  }
  if ('DeleteStmt' in node) {
    const { relation } = node.DeleteStmt
    if (relation === undefined) return []
    return [{ kind: 'delete', line, parts: await statementParts(text), table: relation, deletion: node.DeleteStmt }]
  }
  if ('UpdateStmt' in node) {
    const { relation } = node.UpdateStmt
    if (relation === undefined) return []
    return [{ kind: 'update', line, parts: await statementParts(text), table: relation, update: node.UpdateStmt }]
  }
  if ('CreateStmt' in node) {
    const { inhRelations: [parent] = [], partbound: bound } = node.CreateStmt
    if (bound === undefined || parent === undefined || !('RangeVar' in parent)) return []
    const partition: Partition = { bound, attached: undefined }
    return [{ kind: 'add-partition', line, parts: await statementParts(text), table: parent.RangeVar, partition }]
  }
  if (!('AlterTableStmt' in node) || node.AlterTableStmt.objtype !== 'OBJECT_TABLE') return []
  const { relation: table, cmds = [] } = node.AlterTableStmt
  if (table === undefined) return []
  const { commands } = await statementParts(text)
  const steps = cmds.map(async (command, at) => {
    if (!('AlterTableCmd' in command)) return []
    const parts = await statementParts(commands[at] ?? '')
    const demand = demandOf(command.AlterTableCmd, table)
    return demand === undefined ? [] : [{ ...demand, line, parts }]
  })
  return (await Promise.all(steps)).flat()
}

type Demand = Step extends infer One ? (One extends Step ? Omit<One, 'line' | 'parts'> : never) : never

function demandOf({ subtype, name = '', def }: AlterTableCmd, table: RangeVar): Demand | undefined {
  switch (subtype) {
    case 'AT_SetNotNull':
      return { kind: 'set-not-null', table, column: name }
    case 'AT_AddColumn':
      return def !== undefined && 'ColumnDef' in def ? { kind: 'add-column', table, column: def.ColumnDef } : undefined
    case 'AT_AlterColumnType':
      return def !== undefined && 'ColumnDef' in def
        ? { kind: 'change-type', table, column: name, type: def.ColumnDef }
        : undefined
    case 'AT_AddConstraint':
      return def !== undefined && 'Constraint' in def
        ? { kind: 'add-constraint', table, constraint: def.Constraint }
        : undefined
    case 'AT_AttachPartition': {
      const { bound, name: attached } = def !== undefined && 'PartitionCmd' in def ? def.PartitionCmd : {}
      return bound === undefined ? undefined : { kind: 'add-partition', table, partition: { bound, attached } }
    }
    case 'AT_ValidateConstraint':
      return { kind: 'validate', table, name }
    default:
      return undefined
  }
}
