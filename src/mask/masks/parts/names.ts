import type { WrittenName } from '../../../seed/locale/locale.ts'
import type { World } from '../../world.ts'

/** Gives a name for a name: the same for the same, of the same sex where the vocabulary knows it, never itself. */
export type NameOf = (name: string) => WrittenName

/** First names. `Anna`, `ANNA` and `anna` are one name. */
export function firstNames({ locale, prf }: World): NameOf {
  const { female, male } = locale.people
  const women = new Set(female.flatMap(spellings))
  const men = new Set(male.flatMap(spellings))
  const all = [...female, ...male]
  const tagOf = prf('first name')
  return remembered((folded) => {
    const list = women.has(folded) ? female : men.has(folded) ? male : all
    return pick(list.length === 0 ? all : list, folded, tagOf(folded).w0)
  })
}

/** Last names. */
export function lastNames({ locale, prf }: World): NameOf {
  const tagOf = prf('last name')
  return remembered((folded) => pick(locale.people.last, folded, tagOf(folded).w0))
}

/** The few thousand names that most rows have are looked up once; the rest is not kept. */
const remembers = 20_000

function remembered(find: (folded: string) => WrittenName): NameOf {
  const known = new Map<string, WrittenName>()
  return (name) => {
    const seen = known.get(name)
    if (seen !== undefined) return seen
    const found = find(name.trim().toLowerCase())
    if (known.size < remembers) known.set(name, found)
    return found
  }
}

function pick(list: readonly WrittenName[], folded: string, word: number): WrittenName {
  const at = Math.floor(((word >>> 0) / 0x1_0000_0000) * list.length)
  const found = list[at]
  const isSame = found !== undefined && (found.ascii === folded || found.name.toLowerCase() === folded)
  return (isSame ? list[(at + 1) % list.length] : found) ?? { name: 'Noname', ascii: 'noname' }
}

function spellings({ name, ascii }: WrittenName): readonly string[] {
  return [name.toLowerCase(), ascii]
}
