import type { HazardKind } from './hazard.ts'
import { duplicateBeforeUnique } from './kinds/duplicate-before-unique.ts'
import { keyBeforeInsert } from './kinds/key-before-insert.ts'
import { keyBeforeInsertSelect } from './kinds/key-before-insert-select.ts'
import { momentBeforeZoneChange } from './kinds/moment-before-zone-change.ts'
import { nullBeforeNotNull } from './kinds/null-before-not-null.ts'
import { numberBeforeNarrowerType } from './kinds/number-before-narrower-type.ts'
import { orphanBeforeForeignKey } from './kinds/orphan-before-foreign-key.ts'
import { overlapBeforeExclusion } from './kinds/overlap-before-exclusion.ts'
import { rowBeforeCheck } from './kinds/row-before-check.ts'
import { rowBeforeGeneratedColumn } from './kinds/row-before-generated-column.ts'
import { rowBeforeInsertSelect } from './kinds/row-before-insert-select.ts'
import { rowBeforePartition } from './kinds/row-before-partition.ts'
import { rowsBeforeRequiredColumn } from './kinds/rows-before-required-column.ts'
import { textBeforeOtherType } from './kinds/text-before-other-type.ts'
import { textBeforeShorterType } from './kinds/text-before-shorter-type.ts'
import { twinBeforeUniqueExpression } from './kinds/twin-before-unique-expression.ts'
import { valueBeforeDomainRule } from './kinds/value-before-domain-rule.ts'
import { valueBeforeSmallerEnum } from './kinds/value-before-smaller-enum.ts'
import { zeroBeforeDivision } from './kinds/zero-before-division.ts'

/** Every kind of rows that is tried on a migration; a test compares this list with the folder. */
export const hazardKinds: readonly HazardKind[] = [
  duplicateBeforeUnique,
  keyBeforeInsert,
  keyBeforeInsertSelect,
  momentBeforeZoneChange,
  nullBeforeNotNull,
  numberBeforeNarrowerType,
  orphanBeforeForeignKey,
  overlapBeforeExclusion,
  rowBeforeCheck,
  rowBeforeGeneratedColumn,
  rowBeforeInsertSelect,
  rowBeforePartition,
  rowsBeforeRequiredColumn,
  textBeforeOtherType,
  textBeforeShorterType,
  twinBeforeUniqueExpression,
  valueBeforeDomainRule,
  valueBeforeSmallerEnum,
  zeroBeforeDivision,
]
