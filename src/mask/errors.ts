import { defineFailure } from '../errors/failure.ts'
import { shellWord } from '../errors/shell-word.ts'

/** No key for the environment. */
export const keyMissing = defineFailure('MASK_KEY_MISSING', (variable: string) => ({
  message: `There is no key to mask with: the variable ${variable} is not set.`,
  why: 'Masks are keyed functions; whoever has the key can try values out. So each environment has a key of its own, and nothing is masked without one.',
  fix: `Make one with \`openssl rand -hex 32\`, keep it where secrets are kept, and hand it in as ${variable}. Never commit it.`,
}))

/** A key that is too short, or that is no random bytes. */
export const keyWeak = defineFailure('MASK_KEY_WEAK', (variable: string, reason: string) => ({
  message: `The key in ${variable} cannot be used: ${reason}.`,
  why: 'A key that can be guessed gives every masked value back.',
  fix: 'Write 32 random bytes or more as hexadecimal digits or base64: `openssl rand -hex 32`.',
}))

/** All that is in the way of masking a set of tables, told at once. */
export const masksRefused = defineFailure('MASK_REFUSED', (problems: readonly MaskProblem[]) => {
  const shown = problems.slice(0, 20).map(({ where, reason }) => `${where}: ${reason}`)
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more (all of them with --json)`] : []
  return {
    message: `${problems.length === 1 ? 'A column' : `${problems.length} columns`} cannot be masked as they stand.`,
    why: [...shown, ...more].join('\n'),
    fix: fixOf(problems),
    meta: { problems },
  }
})

/** Why a column cannot be masked. */
export interface MaskProblem {
  /** `unaccepted`: nobody said that the classification is right. `collides`: distinct values could become the same. */
  readonly kind: 'unaccepted' | 'collides' | 'unfit'
  /** `Model.field`, else `schema.table.column`. */
  readonly where: string
  readonly reason: string
}

function fixOf(problems: readonly MaskProblem[]): string {
  const unaccepted = problems.filter(({ kind }) => kind === 'unaccepted').map(({ where }) => where)
  const advice = [
    ...(unaccepted.length === 0
      ? []
      : [`Read seed/classification.json, then accept: \`tide fixtures classify ${flags(unaccepted)}\`, or say it in the schema: /// @pii(…).`]),
    ...(unaccepted.length === problems.length ? [] : ['Give the column another mask in seed/classification.json; docs/masking.md lists them.']),
  ]
  return advice.join(' ')
}

/** As a shell takes them. */
function flags(columns: readonly string[]): string {
  return columns.slice(0, 3).map((one) => `--accept ${shellWord(one)}`).join(' ')
}

/** `seed/masks` exports something that is no mask. */
export const ownInvalid = defineFailure('MASK_OWN_INVALID', (file: string, reason: string) => ({
  message: `The masks of ${file} cannot be used.`,
  why: reason,
  fix: 'Export `masks = { name: defineMask({ mask: (value, chance) => … }) }`; docs/masking.md has an example.',
  where: { file },
}))

/** A mask of the user's own that failed. Says nothing of the value. */
export const ownThrew = defineFailure('MASK_OWN_THREW', (name: string, where: string, reason: string) => ({
  message: `The mask ${name} of seed/masks failed for a value of ${where}.`,
  why: `${reason}. The value, and the words of the error, are not told: they may be personal.`,
  fix: 'Correct the mask: it must take every value that the column can hold, and give one that it takes.',
}))
