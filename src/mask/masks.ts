import type { Mask } from './mask.ts'
import { credential } from './masks/credential.ts'
import { email } from './masks/email.ts'
import { firstName } from './masks/first-name.ts'
import { fixed } from './masks/fixed.ts'
import { fullName } from './masks/full-name.ts'
import { id } from './masks/id.ts'
import { keep } from './masks/keep.ts'
import { lastName } from './masks/last-name.ts'
import { nullMask } from './masks/null.ts'
import { phone } from './masks/phone.ts'
import { text } from './masks/text.ts'
import { username } from './masks/username.ts'

/** All masks; a test compares the list with the folder. */
export const masks: readonly Mask[] = [
  credential, email, firstName, fixed, fullName, id, keep, lastName, nullMask, phone, text, username,
]

/** A mask by the name that the user writes. */
export function findMask(name: string): Mask | undefined {
  return masks.find((mask) => mask.name === name)
}

/** Their names, for messages. */
export function maskNames(): readonly string[] {
  return masks.map(({ name }) => name)
}
