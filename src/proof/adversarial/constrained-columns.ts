import type { Constraint } from 'libpg-query'
import { textsOf } from './texts-of.ts'

/** The columns that a constraint names: of a foreign key its own, not those it points to. */
export function constrainedColumns(constraint: Constraint): readonly string[] {
  return textsOf(constraint.contype === 'CONSTR_FOREIGN' ? constraint.fk_attrs : constraint.keys)
}
