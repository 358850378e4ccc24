import type { Hazard, HazardKind } from '../hazard.ts'
import { hazardOfRetyping, retypingOf } from '../retyping.ts'
import { columnSql } from '../sql.ts'

/**
 * Moments at which conversions between dates, local times and times with a zone go wrong: the hour that a change to
 * summer time leaves out, the one that comes twice, the last moment of a year, and infinity.
 */
export const momentBeforeZoneChange: HazardKind = {
  name: 'moment-before-zone-change',
  find: (step, scene) => {
    const retyping = retypingOf(step, scene)
    if (retyping === undefined || retyping.column.arrayDimensions > 0) return []
    const { column, type } = retyping
    if (!moments.test(column.baseType) || !/^(date|timestamp|timestamptz|time|timetz)$/.test(type.name)) return []
    if (column.baseType === type.name) return []
    return (column.baseType === 'date' ? dates : times).map(({ value, rows }): Hazard =>
      hazardOfRetyping(retyping, step, {
        kind: momentBeforeZoneChange.name,
        rows,
        condition: `${columnSql(column.name)} = '${value}'`,
        attempts: [{ [column.name]: `'${value}'` }],
      }),
    )
  },
}

const moments = /^(date|timestamp|timestamptz)$/

const infinity = { value: 'infinity', rows: 'rows with infinity' }

const dates = [infinity]

const times = [
  { value: '2026-03-29 02:30:00', rows: 'moments in the hour that summer time leaves out' },
  { value: '2026-10-25 02:30:00', rows: 'moments in the hour that comes twice' },
  { value: '2025-12-31 23:59:59.999', rows: 'moments at the end of a year' },
  infinity,
]
