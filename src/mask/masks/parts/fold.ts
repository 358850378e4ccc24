import type { Prf } from '../../secret/chaskey.ts'

/** ASCII letters small: what `lower()` and citext do under every locale. */
export function foldCase(text: string): string {
  return /[A-Z]/u.test(text) ? text.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase()) : text
}

/**
 * Texts that differ in their capitals alone become texts that differ in their capitals alone: alike where the database
 * ignores case, distinct where it does not. What is written small stays small.
 */
export function keepCase(value: string, folded: string, masked: string, tagOf: Prf): string {
  if (value === folded) return masked
  const { w0, w1 } = tagOf(value)
  let at = 0
  return masked.replace(/[a-z]/gu, (letter) => {
    const bits = at < 31 ? w0 >>> at : w1 >>> (at - 31)
    // The first letter is large in any case: a pattern of none would be the small form.
    const isLarge = at === 0 || (at < 62 && (bits & 1) === 1)
    at++
    return isLarge ? letter.toUpperCase() : letter
  })
}
