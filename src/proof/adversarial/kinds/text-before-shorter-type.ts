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
    const isArray = column.arrayDimensions > 0
    if (!isText(column) || isArray !== type.isArray || !isShorter) return []
    const own = columnSql(column.name)
    // Blanks at the end are cut without a word.
    const isLong = (text: string): string => `length(rtrim(${text}::text)) > ${String(length)}`
    const condition = isArray ? `EXISTS (SELECT FROM unnest(${own}) AS x(v) WHERE ${isLong('x.v')})` : isLong(own)
    const long = `repeat('x', ${String(length + 1)})`
    const short = isArray ? "'{}'" : `left(${own}::text, ${String(length)})`
    return [
      hazardOfRetyping(retyping, step, {
        kind: textBeforeShorterType.name,
        rows: `texts longer than ${String(length)}`,
        condition,
        attempts: [{ [column.name]: isArray ? `ARRAY[${long}]` : long }],
        mend: `UPDATE ${tableSql(table)} AS t SET ${quoteIdentifier(column.name)} = ${short} WHERE ${condition}`,
      }),
    ]
  },
}
