import type { Mask } from '../mask.ts'
import { codeBits, codeLength, codeOf } from './parts/code.ts'
import { foldCase, keepCase } from './parts/fold.ts'
import { lastNames } from './parts/names.ts'
import { textTypes } from './parts/types.ts'

/** Names to log in with. */
export const username: Mask = {
  name: 'username',
  summary: 'a name and a code; distinct for distinct names, whatever their case',
  provenance: 'masked',
  types: textTypes,
  compile: ({ world, room, isUnique }) => {
    const tagOf = world.prf('username')
    const caseOf = world.prf('username case')
    const nameOf = lastNames(world)
    const length = Math.min(codeLength, room, isUnique ? codeLength : 6)
    const rest = room - length
    return {
      distinctBits: codeBits(length),
      apply: (value) => {
        const folded = foldCase(value)
        const name = rest < 4 ? '' : nameOf(folded).ascii.slice(0, Math.min(rest, 20))
        return keepCase(value, folded, name + codeOf(tagOf(folded), length), caseOf)
      },
    }
  },
}
