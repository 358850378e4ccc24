import { quoteIdentifier, quoteLiteral } from '../../../postgres/quote.ts'
import type { Hazard, HazardKind } from '../hazard.ts'
import { hazardOfRetyping, isText, type Retyping, retypingOf } from '../retyping.ts'
import { columnSql, tableSql } from '../sql.ts'
import type { Step } from '../step.ts'

/** Values that an enum no longer has, or never had: one hazard for each that was taken out. */
export const valueBeforeSmallerEnum: HazardKind = {
  name: 'value-before-smaller-enum',
  find: (step, scene) => {
    const retyping = retypingOf(step, scene)
    if (retyping === undefined || step.kind !== 'change-type' || step.type.typeName === undefined) return []
    const labels = scene.labels(step.type.typeName)
    if (labels === undefined) return []
    const { enumLabels } = retyping.column
    if (enumLabels === undefined) return isText(retyping.column) ? [neverLabel(retyping, step, labels)] : []
    return enumLabels.filter((label) => !labels.includes(label)).map((label) => removedLabel(retyping, step, label))
  },
}

function removedLabel(retyping: Retyping, step: Step, value: string): Hazard {
  const { column } = retyping
  const own = columnSql(column.name)
  const literal = quoteLiteral(value).trim()
  const isList = column.arrayDimensions > 0
  return hazardOfRetyping(retyping, step, {
    kind: valueBeforeSmallerEnum.name,
    rows: `rows with ${value}`,
    condition: isList ? `${literal} = ANY (${own}::text[])` : `${own}::text = ${literal}`,
    attempts: [{ [column.name]: isList ? `ARRAY[${literal}]::${column.type}` : literal }],
  })
}

/** The type may be one that the migration makes, so that only its labels can be asked for. */
function neverLabel(retyping: Retyping, step: Step, labels: readonly string[]): Hazard {
  const { column, table, type } = retyping
  const own = columnSql(column.name)
  const list = `(${labels.map((label) => quoteLiteral(label).trim()).join(', ')})`
  const isList = column.arrayDimensions > 0
  const condition = isList ? `EXISTS (SELECT FROM unnest(${own}) AS v WHERE v NOT IN ${list})` : `${own}::text NOT IN ${list}`
  const label = isList ? `'{}'` : quoteLiteral(labels[0] ?? '')
  return hazardOfRetyping(retyping, step, {
    kind: valueBeforeSmallerEnum.name,
    mend: `UPDATE ${tableSql(table)} AS t SET ${quoteIdentifier(column.name)} = ${label} WHERE ${condition}`,
    rows: `texts that are no ${type.words}`,
    condition,
    attempts: [{ [column.name]: isList ? `'{~x~}'` : `'~x~'` }],
  })
}
