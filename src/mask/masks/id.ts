import type { Mask, MaskColumn } from '../mask.ts'
import { integerId, integerTypes } from './parts/integer-id.ts'
import { foldCase, keepCase } from './parts/fold.ts'
import { textId } from './parts/text-id.ts'

/** Keys: another of the same form. One permutation for all tables, so that joins hold, declared or not. */
export const id: Mask = {
  name: 'id',
  summary: 'another key of the same type and form: a whole number of as many digits, a UUID of the same version, a cuid; a bijection',
  provenance: 'masked',
  types: ['int', 'uuid', 'text'],
  compile: (input) => {
    const { world, column, ignoresCase } = input
    const limit = integerTypes.get(column.baseType)
    if (limit !== undefined) return { apply: integerId(world, limit), distinctBits: Infinity }
    if (['uuid', 'text', 'varchar', 'bpchar', 'citext', 'name'].includes(column.baseType)) {
      return { apply: ignoresCase ? caselessId(input) : textId(world, input), distinctBits: Infinity }
    }
    return { unfit: `keys of type ${column.type} have no form that could be kept` }
  },
}

function caselessId(input: MaskColumn): (value: string) => string {
  const { world } = input
  const idOf = textId(world, input)
  const caseOf = world.prf('id case')
  return (value) => {
    const folded = foldCase(value)
    return keepCase(value, folded, idOf(folded), caseOf)
  }
}
