import { quoteIdentifier, quoteLiteral } from '../../../postgres/quote.ts'
import { castsIn } from '../casts-in.ts'
import type { Hazard, HazardKind } from '../hazard.ts'
import { hazardOfRetyping, isText, type Retyping, retypingOf } from '../retyping.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../step.ts'
import { aliasOf, columnSql, isMeant, tableSql } from '../sql.ts'
import { typeLiteral } from '../target-type.ts'

/** Texts that are no value of the type that they become: words before a number, a date, a UUID, JSON. */
export const textBeforeOtherType: HazardKind = {
  name: 'text-before-other-type',
  find: (step, scene) => {
    if (step.kind === 'update') return castByUpdate(step, scene)
    const retyping = retypingOf(step, scene)
    return retyping === undefined || !isOtherText(retyping, scene) ? [] : [hazardOf(retyping, step)]
  },
}

/** An UPDATE that casts a text, of the rows that it is for. */
function castByUpdate(step: Step & { readonly kind: 'update' }, scene: Scene): readonly Hazard[] {
  const { targetList, fromClause, whereClause } = step.update
  const table = scene.table(step.table)
  if (table === undefined || fromClause !== undefined) return []
  const sql = whereClause === undefined ? undefined : step.parts.after('WHERE')
  const where = sql === undefined ? undefined : isMeant(table, { sql, alias: aliasOf(step.table, table) }, whereClause)
  return castsIn(targetList).flatMap(({ column: name, type }) => {
    const column = scene.column(step.table, name)
    if (column === undefined || !isOtherText({ column, type }, scene)) return []
    return [hazardOf({ table, column, type }, step, where)]
  })
}

function isOtherText({ column, type }: Pick<Retyping, 'column' | 'type'>, scene: Scene): boolean {
  // An enum's own labels are asked for, since the migration may make it.
  const isEnum = scene.labels({ names: [{ String: { sval: type.name } }] }) !== undefined
  return !isText({ baseType: type.name }) && !isEnum && isText(column) && column.arrayDimensions === 0 && !type.isArray
}

function hazardOf(retyping: Retyping, step: Step, where?: string): Hazard {
  const { column, type } = retyping
  const invalid = `NOT pg_input_is_valid(${columnSql(column.name)}::text, ${typeLiteral(type)})`
  const condition = where === undefined ? invalid : `${invalid} AND ${where}`
  return hazardOfRetyping(retyping, step, {
    kind: textBeforeOtherType.name,
    rows: `texts that are no ${type.words}`,
    condition,
    attempts: [{ [column.name]: "'~x~'" }, { [column.name]: "''" }],
    ...mendOf(retyping, condition),
  })
}

/** A text that the type takes. */
function mendOf({ column, table, type }: Retyping, condition: string): Pick<Hazard, 'mend'> {
  const text = examples[type.name]
  if (text === undefined) return {}
  const value = quoteLiteral(text)
  return { mend: `UPDATE ${tableSql(table)} AS t SET ${quoteIdentifier(column.name)} = ${value} WHERE ${condition}` }
}

const examples: Readonly<Record<string, string>> = {
  int2: '7',
  int4: '7',
  int8: '7',
  numeric: '7',
  float4: '7',
  float8: '7',
  bool: 'true',
  uuid: '00000000-0000-4000-8000-000000000007',
  date: '2026-01-07',
  timestamp: '2026-01-07 07:07:07',
  timestamptz: '2026-01-07 07:07:07+00',
  time: '07:07:07',
  interval: '7 days',
  json: '{}',
  jsonb: '{}',
  inet: '192.0.2.7',
}
