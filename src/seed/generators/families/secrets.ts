import { roomOf } from '../format/text.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'
import { hexDigits } from '../types/binary.ts'

/** bcrypt of the password `password`, cost 4: known to everybody, so good for development and for nothing else. */
export const knownHash = '$2a$04$tidetidetidetidetideOOroAfSxVt99jSZVDnguFVV.s3XSsurRm'

const passwordHash: GeneratorMaker = (input) =>
  roomOf(input.column) < knownHash.length ? secret(input) : valueGenerator(input, 'passwordHash', () => knownHash, { nulls: 0.1 })

/** `seed_` and letters and digits: a reader sees at once that it opens nothing. */
const secret: GeneratorMaker = (input) => {
  const { column } = input
  if (column.baseType === 'bytea') {
    return valueGenerator(input, 'secret', (_, random) => `\\x${hexDigits(random, 64)}`, {
      nulls: 0.2, capacity: 2 ** 52, at: (index) => `\\x${index.toString(16).padStart(64, '0')}`,
    })
  }
  const room = roomOf(column)
  const prefix = room >= 16 ? 'seed_' : ''
  const width = Math.min(32, room - prefix.length)
  const counted = Math.min(width, 13)
  return valueGenerator(input, 'secret', (_, random) => prefix + hexDigits(random, width), {
    nulls: 0.2,
    capacity: 16 ** counted,
    at: (index) => prefix + index.toString(16).padStart(width, '0'),
  })
}

/** What opens something. */
export const secretGenerators: GeneratorFamily = { passwordHash, secret }
