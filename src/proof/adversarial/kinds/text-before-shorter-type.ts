import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { HazardKind } from '../hazard.ts'
import { hazardOfRetyping, isText, retypingOf } from '../retyping.ts'
import { columnSql, tableSql } from '../sql.ts'

/** Texts that are longer than a type with a length takes. */
export const textBeforeShorterType: HazardKind = {
  name: 'text-before-shorter-type',
  find: (step, scene) => {
    const retyping = retypingOf(step, scene)
    const length = retyping?.type.modifiers[0]
    if (retyping === undefined || length === undefined || !/^(varchar|bpchar)$/.test(retyping.type.name)) return []
    const { column, table, type } = retyping
    const isShorter = column.maxLength === undefined || column.maxLength > length
    if (!isText(column) || column.arrayDimensions > 0 || type.isArray || !isShorter) return []
    const own = columnSql(column.name)
    // Blanks at the end are cut without a word.
    const condition = `length(rtrim(${own}::text)) > ${String(length)}`
    return [
      hazardOfRetyping(retyping, step, {
        kind: textBeforeShorterType.name,
        rows: `texts longer than ${String(length)}`,
        condition,
        attempts: [{ [column.name]: `repeat('x', ${String(length + 1)})` }],
        mend: `UPDATE ${tableSql(table)} AS t SET ${quoteIdentifier(column.name)} = left(${own}::text, ${String(length)}) WHERE ${condition}`,
      }),
    ]
  },
}
