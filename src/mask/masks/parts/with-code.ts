import type { CellMask, MaskColumn, Unfit } from '../../mask.ts'
import { codeBits, codeLength, codeOf } from './code.ts'
import { cut } from './cut.ts'

/**
 * A mask that gives texts of which many values share one; where values must stay distinct, a code of the value is
 * behind it, as long as the column has room for.
 */
export function withCode(input: MaskColumn, purpose: string, write: (value: string) => string): CellMask | Unfit {
  const { world, room, isUnique } = input
  if (!isUnique) return { apply: (value) => cut(write(value), room), distinctBits: 0 }
  const length = Math.min(codeLength, room)
  const tagOf = world.prf(`${purpose} code`)
  const rest = room - length - 1
  const apply = (value: string): string => {
    const code = codeOf(tagOf(value), length)
    return rest < 2 ? code : `${cut(write(value), rest)} ${code}`
  }
  return { apply, distinctBits: codeBits(length) }
}
