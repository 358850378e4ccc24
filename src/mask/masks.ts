import type { Mask } from './mask.ts'
import { address } from './masks/address.ts'
import { bucket } from './masks/bucket.ts'
import { choice } from './masks/choice.ts'
import { credential } from './masks/credential.ts'
import { dateShift } from './masks/date-shift.ts'
import { email } from './masks/email.ts'
import { firstName } from './masks/first-name.ts'
import { fixed } from './masks/fixed.ts'
import { fullName } from './masks/full-name.ts'
import { generalise } from './masks/generalise.ts'
import { id } from './masks/id.ts'
import { image } from './masks/image.ts'
import { json } from './masks/json.ts'
import { keep } from './masks/keep.ts'
import { lastName } from './masks/last-name.ts'
import { noise } from './masks/noise.ts'
import { nullMask } from './masks/null.ts'
import { phone } from './masks/phone.ts'
import { shuffle } from './masks/shuffle.ts'
import { synthetic } from './masks/synthetic.ts'
import { text } from './masks/text.ts'
import { url } from './masks/url.ts'
import { username } from './masks/username.ts'

/** All masks; a test compares the list with the folder. */
export const masks: readonly Mask[] = [
  address, bucket, choice, credential, dateShift, email, firstName, fixed, fullName, generalise, id, image, json, keep,
  lastName, noise, nullMask, phone, shuffle, synthetic, text, url, username,
]

/** A mask by the name that the user writes. */
export function findMask(name: string): Mask | undefined {
  return masks.find((mask) => mask.name === name)
}

/** Their names, for messages. */
export function maskNames(): readonly string[] {
  return masks.map(({ name }) => name)
}
