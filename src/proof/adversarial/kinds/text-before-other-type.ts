import type { HazardKind } from '../hazard.ts'
import { hazardOfRetyping, isText, retypingOf } from '../retyping.ts'
import { columnSql } from '../sql.ts'
import { typeLiteral } from '../target-type.ts'

/** Texts that are no value of the type that they become: words before a number, a date, a UUID, JSON. */
export const textBeforeOtherType: HazardKind = {
  name: 'text-before-other-type',
  find: (step, scene) => {
    const retyping = retypingOf(step, scene)
    if (retyping === undefined) return []
    const { column, type } = retyping
    const staysText = /^(text|varchar|bpchar|citext|name)$/.test(type.name)
    if (!isText(column) || column.arrayDimensions > 0 || type.isArray || staysText || scene.labels({ names: [{ String: { sval: type.name } }] }) !== undefined) return []
    return [
      hazardOfRetyping(retyping, step, {
        kind: textBeforeOtherType.name,
        rows: `texts that are no ${type.words}`,
        condition: `NOT pg_input_is_valid(${columnSql(column.name)}::text, ${typeLiteral(type)})`,
        attempts: [{ [column.name]: "'~x~'" }, { [column.name]: "''" }],
      }),
    ]
  },
}
