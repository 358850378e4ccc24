import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { HazardKind } from '../hazard.ts'
import { isOutside, isWider, numberRange } from '../number-range.ts'
import { hazardOfRetyping, retypingOf } from '../retyping.ts'
import { columnSql, tableSql } from '../sql.ts'

/** Numbers that a narrower type has no room for. */
export const numberBeforeNarrowerType: HazardKind = {
  name: 'number-before-narrower-type',
  find: (step, scene) => {
    const retyping = retypingOf(step, scene)
    if (retyping === undefined || retyping.column.arrayDimensions > 0 || retyping.type.isArray) return []
    const { column, table, type } = retyping
    const range = numberRange(type)
    if (range === undefined || !isWider(column, type)) return []
    const isReal = type.name === 'float4'
    const condition = isOutside(columnSql(column.name), type, range)
    return [
      hazardOfRetyping(retyping, step, {
        kind: numberBeforeNarrowerType.name,
        rows: `numbers that ${type.words} has no room for`,
        condition,
        mend: `UPDATE ${tableSql(table)} AS t SET ${quoteIdentifier(column.name)} = 7 WHERE ${condition}`,
        attempts: isReal
          ? [{ [column.name]: '1e39' }]
          : [{ [column.name]: `${range.to}::numeric + 1` }, { [column.name]: `${range.from}::numeric - 1` }],
      }),
    ]
  },
}
