import type { Mask } from '../mask.ts'
import { codeBits, codeLength, codeOf } from './parts/code.ts'
import { textTypes } from './parts/types.ts'

/** One pixel that is not there. */
const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

/** Where pictures are, and pictures themselves. */
export const image: Mask = {
  name: 'image',
  summary: 'a picture of example.com that is not there; a picture within the value becomes one empty pixel',
  provenance: 'replaced',
  types: textTypes,
  compile: ({ world, room, isUnique }) => {
    const tagOf = world.prf('image')
    const head = 'https://example.com/images/'
    const length = Math.min(codeLength, room - head.length - 5)
    if (length < 1) return { unfit: `${room} characters have no room for an address` }
    return {
      distinctBits: codeBits(length),
      apply: (value) => {
        if (!isUnique && value.startsWith('data:') && room >= pixel.length) return pixel
        const ending = /\.(?:png|jpe?g|gif|webp|svg|avif)\b/iu.exec(value)?.[0].toLowerCase() ?? '.png'
        return `${head}${codeOf(tagOf(value), length)}${ending}`
      },
    }
  },
}
