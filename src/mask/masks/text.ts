import type { Mask } from '../mask.ts'
import { codeBits, codeLength, codeOf } from './parts/code.ts'
import { pseudoText } from './parts/pseudo-text.ts'
import { textTypes } from './parts/types.ts'

/** Free text: nothing of it stays but its length and its line breaks. */
export const text: Mask = {
  name: 'text',
  summary: 'words of no language, as long as the text was; line breaks stay where they were',
  provenance: 'replaced',
  types: textTypes,
  compile: ({ world, room, isUnique }) => {
    const chanceOf = world.chance('text')
    const tagOf = world.prf('text code')
    const length = Math.min(codeLength, room)
    return {
      distinctBits: isUnique ? codeBits(length) : 0,
      apply: (value) => {
        const made = pseudoText(value, chanceOf(value))
        if (!isUnique) return made
        const kept = Math.max(0, Math.min(made.length, room) - length - 1)
        return (kept < 2 ? '' : `${made.slice(0, kept)} `) + codeOf(tagOf(value), length)
      },
    }
  },
}
