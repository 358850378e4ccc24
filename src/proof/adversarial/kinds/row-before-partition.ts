import type { PartitionBoundSpec } from 'libpg-query'
import type { StatementParts } from '../../../postgres/statements/statement-parts.ts'
import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import { edgeValues } from '../edge-values.ts'
import type { Assignment, Hazard, HazardKind } from '../hazard.ts'
import { isInPartition } from '../partition-bounds.ts'
import { columnSql, objectName } from '../sql.ts'

/** Rows outside the bounds of the partition that their table becomes, or that would belong into a new one. */
export const rowBeforePartition: HazardKind = {
  name: 'row-before-partition',
  find: (step, scene) => {
    if (step.kind !== 'add-partition') return []
    const { bound, attached } = step.partition
    const key = scene.partitionKey(step.table)
    const found: Hazard[] = []
    for (const range of attached === undefined ? [step.table] : [step.table, attached]) {
      const table = scene.table(range)
      const columns = (key ?? []).flatMap((name) => scene.column(range, name) ?? [])
      const isIn = isInPartition(bound, columns.map(({ name }) => columnSql(name)), step.parts)
      if (table === undefined || isIn === undefined || columns.length !== key?.length) continue
      const isAttached = range === attached
      found.push({
        kind: rowBeforePartition.name,
        object: objectName(table),
        rows: isAttached ? 'rows outside the bounds of the partition' : 'rows that belong into the new partition',
        table,
        condition: isAttached ? `(${isIn}) IS NOT TRUE` : isIn,
        line: step.line,
        attempts: isAttached ? edges(columns, bound) : [within(columns, step.parts), ...edges(columns, bound)],
      })
    }
    return found
  },
}

function edges(columns: readonly ColumnFacts[], bound: PartitionBoundSpec): readonly Assignment[] {
  const datums = [bound.lowerdatums, bound.upperdatums, bound.listdatums]
  return columns.flatMap((column) => {
    return [...edgeValues(column, datums), 'NULL'].map((value): Assignment => ({ [column.name]: value }))
  })
}

/** The lower bound belongs to the partition, unless it is MINVALUE. */
function within(columns: readonly ColumnFacts[], parts: StatementParts): Assignment {
  const values = [parts.inParentheses('FROM'), parts.inParentheses('IN')].find((list) => list.length > 0) ?? []
  return Object.fromEntries(columns.map(({ name }, at) => [name, values[at] ?? values[0] ?? 'NULL']))
}
