import type { CellMask, Mask, MaskColumn, Unfit } from '../mask.ts'
import { codeBits, codeLength, codeOf } from './parts/code.ts'
import { foldCase, keepCase } from './parts/fold.ts'
import { firstNames, lastNames } from './parts/names.ts'
import { textTypes } from './parts/types.ts'

/** RFC 2606: nobody can own these, so no mail arrives. */
const domains = ['example.com', 'example.org', 'example.net'] as const

/**
 * Addresses at reserved domains. The names in it are those that the row's first and last name become, and a code of the
 * whole address keeps distinct addresses distinct.
 */
export const email: Mask = {
  name: 'email',
  summary: 'an address at example.com, .org or .net, with the masked names and a code; distinct for distinct addresses, whatever their case',
  provenance: 'masked',
  types: textTypes,
  compile: (input) => (input.room >= 64 ? named(input) : short(input)),
}

function named({ world }: MaskColumn): CellMask {
  const tagOf = world.prf('email')
  const caseOf = world.prf('email case')
  const firstOf = firstNames(world)
  const lastOf = lastNames(world)
  return {
    distinctBits: codeBits(codeLength),
    apply: (value) => {
      const folded = foldCase(value)
      const at = folded.lastIndexOf('@')
      const { given, family } = namesIn(at < 0 ? folded : folded.slice(0, at))
      const tag = tagOf(folded)
      const domain = domains[(tag.w3 >>> 0) % 3] ?? domains[0]
      const code = codeOf(tag)
      const last = lastOf(family).ascii
      const names = given === '' ? last : `${firstOf(given).ascii}.${last}`
      return keepCase(value, folded, `${names.slice(0, 32)}.${code}@${domain}`, caseOf)
    },
  }
}

/** `anna.meyer17` is Anna Meyer; numbers say nothing of a name. */
function namesIn(local: string): { readonly given: string; readonly family: string } {
  const [, first = '', second = ''] = /^([^._+\d-]*)[\d]*[._+-]*([^._+\d-]*)/u.exec(local) ?? []
  return second === '' ? { given: '', family: first } : { given: first, family: second }
}

/** A column too short for names has the code alone. */
function short({ world, room }: MaskColumn): CellMask | Unfit {
  const tail = '@a.test'
  const length = Math.min(codeLength, room - tail.length)
  if (length < 1) return { unfit: `${room} characters have no room for an address` }
  const tagOf = world.prf('email')
  const caseOf = world.prf('email case')
  return {
    distinctBits: codeBits(length),
    apply: (value) => {
      const folded = foldCase(value)
      return keepCase(value, folded, codeOf(tagOf(folded), length) + tail, caseOf)
    },
  }
}
