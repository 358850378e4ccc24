import type { Mask } from '../mask.ts'
import { codeBits, codeLength, codeOf } from './parts/code.ts'
import { textTypes } from './parts/types.ts'

/** Addresses of pages and machines. */
export const url: Mask = {
  name: 'url',
  summary: 'a page of example.com, or a name under .example; distinct for distinct addresses',
  provenance: 'masked',
  types: textTypes,
  compile: ({ world, room, meaning }) => {
    const tagOf = world.prf('url')
    const isHost = meaning === 'domain'
    const [head, tail] = isHost ? ['', '.example'] : ['https://example.com/', '']
    const length = Math.min(codeLength, room - head.length - tail.length)
    if (length < 1) return { unfit: `${room} characters have no room for an address` }
    return { distinctBits: codeBits(length), apply: (value) => `${head}${codeOf(tagOf(value), length)}${tail}` }
  },
}
