import type { OwnMask } from './define-mask.ts'
import { ownInvalid, ownThrew } from './errors.ts'
import type { Mask } from './mask.ts'
import { createSampledCounts } from './gate/sampled-counts.ts'
import { createValueHash } from './gate/value-hash.ts'
import { codeLength, codeOf } from './masks/parts/code.ts'
import { maskNames } from './masks.ts'

/** A mask of the user's own, as one of Tide's. */
export function ownMask(name: string, { mask, distinct = false }: OwnMask): Mask {
  return {
    name,
    summary: 'of seed/masks',
    provenance: 'masked',
    isOwn: true,
    compile: ({ world, place, room, model, column, isUnique }) => {
      const where = `${model}.${column.name}`
      // An element of an array may be NULL.
      const takesNull = !column.notNull || column.type.endsWith('[]')
      const differ = isUnique && distinct ? staysDistinct(name, where) : undefined
      const chanceOf = world.chance(`own ${name}`)
      const tagOf = world.prf(`own ${name} code`)
      return {
        distinctBits: distinct ? Infinity : 0,
        apply: (value, row) => {
          const chance = {
            random: chanceOf(value),
            code: (length = codeLength) => codeOf(tagOf(value), Math.min(codeLength, length)),
            get: (column: string) => {
              const at = place(column)
              return at === undefined ? undefined : row[at]
            },
          }
          const masked = guarded(name, where, () => mask(value, chance), room)
          if (masked === null && !takesNull) throw ownThrew(name, where, 'it gave NULL, and the column takes none')
          differ?.(value, masked)
          return masked
        },
      }
    },
  }
}

/** Distinct values that become the same break the promise of the mask: seen here, before a database does. */
function staysDistinct(name: string, where: string): (value: string, made: string | null) => void {
  const hash = createValueHash()
  const values = createSampledCounts()
  const masked = createSampledCounts()
  return (value, made) => {
    if (made === null) return
    // Both sides forget the same part, so only values that both still count say anything.
    const isNew = values.add(hash.of(value, 1)) === 0
    const isTaken = (masked.add(hash.of(made, 2)) ?? 0) > 0
    if (isNew && isTaken) throw ownThrew(name, where, 'it made two distinct values the same, and the column is unique')
  }
}

function guarded(name: string, where: string, make: () => unknown, room: number): string | null {
  let made: unknown
  try {
    made = make()
  } catch (error) {
    // The error's own words may hold the value; its kind does not.
    throw ownThrew(name, where, error instanceof Error ? `it threw a ${error.name}` : 'it threw')
  }
  if (made === null) return made
  if (typeof made !== 'string') throw ownThrew(name, where, `it gave a ${typeof made}, neither a text nor null`)
  if (made.includes('\0')) throw ownThrew(name, where, 'it gave a text with the character NUL, which PostgreSQL has not')
  if (made.length > room && [...made].length > room) throw ownThrew(name, where, `it gave more than the ${room} characters that the column holds`)
  return made
}

/**
 * The masks that `seed/masks` exports.
 * @throws MASK_OWN_INVALID
 */
export function checkOwnMasks(file: string, exported: unknown): Readonly<Record<string, OwnMask>> {
  if (typeof exported !== 'object' || exported === null) throw ownInvalid(file, 'It exports no object `masks`.')
  const entries: readonly [string, unknown][] = Object.entries(exported).filter(([name]) => name !== 'default')
  for (const [name, value] of entries) {
    if (maskNames().includes(name)) throw ownInvalid(file, `${name} is a mask of Tide already.`)
    if (!/^[A-Za-z][\w-]*$/u.test(name)) throw ownInvalid(file, `"${name}" is no name for a mask: letters, digits, - and _.`)
    if (!isMask(value)) throw ownInvalid(file, `${name} is no mask: it has no function \`mask\`.`)
  }
  return Object.fromEntries(entries.filter((entry): entry is [string, OwnMask] => isMask(entry[1])))
}

function isMask(value: unknown): value is OwnMask {
  return typeof value === 'object' && value !== null && 'mask' in value && typeof value.mask === 'function'
}
