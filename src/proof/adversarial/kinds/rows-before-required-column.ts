import type { ColumnDef } from 'libpg-query'
import type { HazardKind } from '../hazard.ts'
import { objectName } from '../sql.ts'

/** Any row at all, before a required column comes that has nothing to put into it. */
export const rowsBeforeRequiredColumn: HazardKind = {
  name: 'rows-before-required-column',
  find: (step, scene) => {
    if (step.kind !== 'add-column' || !isUnfilled(step.column)) return []
    const table = scene.table(step.table)
    if (table === undefined) return []
    const object = objectName(table)
    return [
      { kind: rowsBeforeRequiredColumn.name, object, rows: 'any row', table, condition: 'true', line: step.line, attempts: [] },
    ]
  },
}

/** NOT NULL or a key, with no default, no identity and no expression. A serial brings its default. */
function isUnfilled({ constraints = [], typeName }: ColumnDef): boolean {
  const kinds = constraints.flatMap((one) => ('Constraint' in one ? [one.Constraint.contype] : []))
  const names = (typeName?.names ?? []).flatMap((one) => ('String' in one ? [one.String.sval ?? ''] : []))
  const isRequired = kinds.some((kind) => kind === 'CONSTR_NOTNULL' || kind === 'CONSTR_PRIMARY')
  const isFilled = kinds.some((kind) => kind === 'CONSTR_DEFAULT' || kind === 'CONSTR_IDENTITY' || kind === 'CONSTR_GENERATED')
  return isRequired && !isFilled && !names.some((name) => name.includes('serial'))
}
