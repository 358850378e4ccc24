import type { OwnMask } from './define-mask.ts'
import { ownInvalid, ownThrew } from './errors.ts'
import type { Mask } from './mask.ts'
import { codeLength, codeOf } from './masks/parts/code.ts'
import { maskNames } from './masks.ts'

/** A mask of the user's own, as one of Tide's. */
export function ownMask(name: string, { mask, distinct = false }: OwnMask): Mask {
  return {
    name,
    summary: 'of seed/masks',
    provenance: 'masked',
    compile: ({ world, place }) => {
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
          return guarded(name, () => mask(value, chance))
        },
      }
    },
  }
}

function guarded(name: string, make: () => unknown): string | null {
  let made: unknown
  try {
    made = make()
  } catch (error) {
    // The error's own words may hold the value; its kind does not.
    throw ownThrew(name, error instanceof Error ? `it threw a ${error.name}` : 'it threw')
  }
  if (typeof made === 'string' || made === null) return made
  throw ownThrew(name, `it gave a ${typeof made}, neither a text nor null`)
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
