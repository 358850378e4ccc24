import type { Mask } from '../mask.ts'
import { knownHash } from '../../seed/generators/families/secrets.ts'
import { codeBits, codeLength, codeOf } from './parts/code.ts'
import { cut } from './parts/cut.ts'

/** One known hash for every password, one dead text for every secret. */
export const credential: Mask = {
  name: 'credential',
  summary: 'passwords: the bcrypt hash of `password`; other secrets: `masked`, and a code where they must be distinct',
  provenance: 'replaced',
  types: ['text', 'bytes'],
  compile: ({ world, room, isUnique, column, meaning }) => {
    const isBytes = column.baseType === 'bytea'
    const write = (text: string): string => (isBytes ? `\\x${Buffer.from(text).toString('hex')}` : text)
    if (!isUnique) {
      const value = write(meaning === 'passwordHash' && room >= knownHash.length ? knownHash : cut('masked', room))
      return { apply: () => value, distinctBits: 0 }
    }
    const tagOf = world.prf('credential')
    const length = Math.min(codeLength, room)
    const head = room >= codeLength + 7 ? 'masked_' : ''
    return { apply: (value) => write(head + codeOf(tagOf(value), length)), distinctBits: codeBits(length) }
  },
}
