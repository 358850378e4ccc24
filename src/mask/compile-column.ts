import { typeGroup } from '../seed/classify/type-group.ts'
import type { ColumnPlan } from './describe-columns.ts'
import type { CellMask, Mask, MaskColumn, Unfit } from './mask.ts'
import { isUnfit } from './mask.ts'
import { mapArray } from './masks/parts/array-text.ts'
import { parseMask } from './parse-mask.ts'

/** Classes whose values are never let through. */
const neverKept = new Set(['D', 'S', 'C', 'F'])

/** Masks that give the values of the source again. */
const keeping = new Set(['keep', 'shuffle'])

type FindMask = (name: string) => Mask | undefined
type BareColumn = Omit<MaskColumn, 'inner' | 'meaning' | 'argument'>

/** Makes the mask of a column: its type is one that the mask takes, arrays element by element. */
export function compileColumn(plan: ColumnPlan, findMask: FindMask, input: BareColumn): CellMask | Unfit {
  if (keeping.has(plan.mask.name) && neverKept.has(plan.piiClass) && plan.isReference !== true) {
    return { unfit: `values of class ${plan.piiClass} are not kept; where they say nothing of a person, class the column N and say why` }
  }
  const { column } = input
  const { mask, meaning, argument } = plan
  const isArray = column.arrayDimensions > 0 && !whole.has(mask.name)
  const group = typeGroup(column)
  const isOther = column.kind === 'composite' || column.kind === 'range' || column.kind === 'multirange'
  if (mask.types !== undefined && (isOther || !mask.types.includes(group))) {
    return { unfit: `it is for ${mask.types.join(', ')}, and the column is of the type ${column.type}` }
  }
  const element = isArray ? { ...column, arrayDimensions: 0 } : column
  const full: MaskColumn = { ...input, column: element, meaning, argument, inner: innerOf(findMask, input) }
  const compiled = mask.compile(full)
  if (isUnfit(compiled)) return compiled
  const { apply } = compiled
  // Blanks at the end of char(n) are no part of its value.
  const isPadded = column.baseType === 'bpchar' && mask.name !== 'keep'
  const own: CellMask = isPadded ? { ...compiled, apply: (value, row) => apply(value.trimEnd(), row) } : compiled
  return isArray ? { ...own, apply: (value, row) => mapArray(value, (one) => own.apply(one, row)) } : own
}

/** Masks that do not look at the value: of an array they make a whole. */
const whole = new Set(['keep', 'null', 'fixed', 'shuffle', 'synthetic'])

/** A mask for a text within a value: nothing asks it to be short or distinct. */
function innerOf(findMask: FindMask, input: BareColumn): MaskColumn['inner'] {
  const text = { type: 'text', kind: 'scalar', baseType: 'text', maxLength: undefined, arrayDimensions: 0, parts: [] } as const
  const column = { ...input.column, ...text }
  const inner: MaskColumn['inner'] = (wanted) => {
    const written = parseMask(wanted)
    const mask = written === undefined ? undefined : findMask(written.name)
    if (written === undefined || mask === undefined) return { unfit: `there is no mask ${wanted}` }
    if (mask.types !== undefined && !mask.types.includes('text')) return { unfit: `${wanted} is not for texts` }
    const free = { isUnique: false, ignoresCase: false, room: Infinity, meaning: undefined }
    return mask.compile({ ...input, ...free, column, argument: written.argument, inner })
  }
  return inner
}
